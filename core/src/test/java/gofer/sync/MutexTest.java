package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import org.junit.jupiter.api.Test;

class MutexTest extends LockerContract {

    private final Mutex mu;

    MutexTest() {
        var mu = new Mutex();
        super(mu, mu, WaitReason.MUTEX_LOCK, "sync: unlock of unlocked mutex");
        this.mu = mu;
    }

    @Override
    boolean isFree() {
        boolean free = mu.tryLock();
        if (free) {
            mu.unlock();
        }
        return free;
    }

    @Override
    int waiters() {
        return Internals.waiters(mu);
    }

    /// A waiter that was woken, and lost to a faster goroutine, can still give up. The waiters behind it proceed.
    @Test
    void wokenWaiterThatLostCanGiveUp() {
        for (boolean lost = false; !lost; ) {
            mu.lock();
            try (var crew = new Crew()) {
                Goroutine interrupted = crew.go(() -> LockStressTest.lockUnlessInterrupted(mu));
                Eventually.blocked(interrupted, WaitReason.MUTEX_LOCK);
                Goroutine other = crew.go(() -> mu.lock().close());
                Eventually.blocked(other, WaitReason.MUTEX_LOCK);
                mu.unlock();
                if (mu.tryLock()) {
                    Eventually.that("it has lost or was faster", () -> waits(interrupted) || hasEnded(interrupted));
                    lost = waits(interrupted);
                    if (lost) {
                        interrupted.thread().interrupt();
                        Eventually.ended(interrupted);
                        assertThat(waiters()).isEqualTo(1);
                    }
                    mu.unlock();
                }
            }
        }
    }

    private static boolean waits(Goroutine goroutine) {
        return goroutine.waitReason() == WaitReason.MUTEX_LOCK;
    }

    private static boolean hasEnded(Goroutine goroutine) {
        return goroutine.state() == Goroutine.State.ENDED;
    }

    @Test
    void toStringShowsWhetherItIsLocked() {
        assertThat(mu).hasToString("mutex");
        try (var _ = mu.lock()) {
            assertThat(mu).hasToString("mutex (locked)");
        }
    }
}
