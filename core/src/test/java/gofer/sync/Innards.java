package gofer.sync;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;

/// Gives tests access to the internals of locks and waits.
public final class Innards {

    private Innards() {}

    /// Returns how many waiters `mu` has, including those whose wait is over and that have not left yet.
    public static int waiters(Mutex mu) {
        return gofer.runtime.lock.Innards.waiters(mu.core);
    }

    /// As for a mutex.
    public static int waiters(RWMutex mu) {
        return gofer.runtime.lock.Innards.waiters(mu.core);
    }

    /// As for a mutex.
    public static int waiters(WaitGroup wg) {
        return gofer.runtime.lock.Innards.waiters(wg.core);
    }

    /// As for a mutex.
    public static int waiters(Cond cond) {
        return gofer.runtime.lock.Innards.waiters(cond.core);
    }

    /// Decrements the count of `wg` to zero, and runs `action` before the waiters are released.
    ///
    /// In a thread of its own, since taking back an invalid add has to wait until they are.
    public static void whileReleasing(WaitGroup wg, Runnable action) {
        try (var crew = new Crew()) {
            gofer.runtime.lock.Innards.locked(
                    wg.core,
                    () -> {
                        crew.thread(wg::done);
                        Eventually.that("the count is zero", () -> wg.toString().equals("wait group (0)"));
                        Thread acting = crew.thread(action::run);
                        Eventually.that(
                                "the action is over but for that",
                                () -> gofer.runtime.lock.Innards.isReleasing(acting) || !acting.isAlive());
                    });
        }
    }
}
