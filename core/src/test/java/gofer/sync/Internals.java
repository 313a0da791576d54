package gofer.sync;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;

/// Gives tests access to the internals of locks and waits.
public final class Internals {

    private Internals() {}

    /// Returns how many waiters `mu` has, including those whose wait has ended and that have not left the queue yet.
    public static int waiters(Mutex mu) {
        return gofer.runtime.lock.Internals.waiters(mu.core);
    }

    /// Like [#waiters(Mutex)].
    public static int waiters(RWMutex mu) {
        return gofer.runtime.lock.Internals.waiters(mu.core);
    }

    /// Like [#waiters(Mutex)].
    public static int waiters(WaitGroup wg) {
        return gofer.runtime.lock.Internals.waiters(wg.core);
    }

    /// Like [#waiters(Mutex)].
    public static int waiters(Cond cond) {
        return gofer.runtime.lock.Internals.waiters(cond.core);
    }

    /// Decrements the count of `wg` to zero, and runs `action` before the waiters are released.
    ///
    /// The action runs in its own thread, because undoing an invalid add waits until the waiters are released.
    public static void whileReleasing(WaitGroup wg, Runnable action) {
        try (var crew = new Crew()) {
            gofer.runtime.lock.Internals.locked(
                    wg.core,
                    () -> {
                        crew.thread(wg::done);
                        Eventually.that("the count is zero", () -> wg.toString().equals("wait group (0)"));
                        Thread acting = crew.thread(action::run);
                        Eventually.that(
                                "the action has ended, or waits for that",
                                () -> gofer.runtime.lock.Internals.isReleasing(acting) || !acting.isAlive());
                    });
        }
    }
}
