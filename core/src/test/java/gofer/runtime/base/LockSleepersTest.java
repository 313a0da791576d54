package gofer.runtime.base;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.ChanResult;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.MutexCore;
import org.junit.jupiter.api.Test;

class LockSleepersTest {

    private final int others = LockSleepers.count();
    private final MutexCore mutex = new MutexCore();
    private final ChanCore chan = new ChanCore(0);

    private static G start(Runnable wait, WaitReason reason) {
        G g =
                Goroutines.start(
                        "",
                        () -> {
                            try {
                                wait.run();
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        Eventually.blocked(g, reason);
        return g;
    }

    @Test
    void waitersForALockCountUntilTheyGetIt() {
        mutex.lock(null);
        G first = start(() -> mutex.lock(null), WaitReason.MUTEX_LOCK);
        G second = start(() -> mutex.lock(null), WaitReason.MUTEX_LOCK);
        assertThat(LockSleepers.count()).isEqualTo(others + 2);
        second.thread().interrupt();
        Eventually.ended(second);
        assertThat(LockSleepers.count()).isEqualTo(others + 1);
        mutex.unlock();
        Eventually.ended(first);
        assertThat(LockSleepers.count()).isEqualTo(others);
    }

    /// While only such waiters exist, the deadlock search need not inspect all goroutines.
    @Test
    void otherAndCancellableWaitersDoNotCount() {
        mutex.lock(null);
        G receiver = start(() -> assertThat(chan.recv(null)).isSameAs(ChanResult.CLOSED), WaitReason.CHAN_RECEIVE);
        G patient = start(() -> mutex.lock(new ManualCancellation()), WaitReason.MUTEX_LOCK);
        assertThat(LockSleepers.count()).isEqualTo(others);
        chan.close();
        mutex.unlock();
        Eventually.ended(receiver);
        Eventually.ended(patient);
        assertThat(LockSleepers.count()).isEqualTo(others);
    }
}
