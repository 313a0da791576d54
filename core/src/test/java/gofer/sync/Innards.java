package gofer.sync;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;

/// What tests may see of what locks and waits are made of.
public final class Innards {

    private Innards() {}

    /// How many wait for `mu`, those included whose wait is over and who have not left yet.
    public static int waiters(Mutex mu) {
        return gofer.runtime.lock.Innards.waiters(mu.core);
    }

    /// Likewise.
    public static int waiters(RWMutex mu) {
        return gofer.runtime.lock.Innards.waiters(mu.core);
    }

    /// Likewise.
    public static int waiters(WaitGroup wg) {
        return gofer.runtime.lock.Innards.waiters(wg.core);
    }

    /// Likewise.
    public static int waiters(Cond cond) {
        return gofer.runtime.lock.Innards.waiters(cond.core);
    }

    /// Takes the last one off the count of `wg`, and runs `action` before those who wait are released.
    ///
    /// In a thread of its own: to take back what must not be added, it has to wait until they are.
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
