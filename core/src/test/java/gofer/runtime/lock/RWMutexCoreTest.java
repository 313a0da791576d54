package gofer.runtime.lock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.Waiter;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Races while a writer admits the waiting readers.
class RWMutexCoreTest {

    private final RWMutexCore core = new RWMutexCore();

    /// An admitted reader may continue before it is woken, and may have left before the last one is admitted.
    @Test
    void readerMayLeaveWhileOthersAreAdmitted() {
        int others = 20_000;
        try (var crew = new Crew()) {
            core.lock(null);
            Thread first =
                    crew.thread(() -> {
                        core.rLock(null);
                        core.rUnlock();
                    });
            Eventually.that("it waits", () -> core.readers.size() == 1);
            core.acquire();
            for (int i = 0; i < others; i++) {
                core.readers.addLast(new Waiter(new Sleeper(WaitReason.RWMUTEX_RLOCK, core)));
            }
            core.release();
            crew.thread(() -> {
                while (first.isAlive()) {
                    LockSupport.unpark(first);
                }
            });
            core.unlock();
            for (int i = 0; i < others; i++) {
                core.rUnlock();
            }
        }
        assertThat(core.tryLock()).isTrue();
    }

    /// The marks of readers that other goroutines unlocked are cleared when the next writer leaves.
    @Test
    void readerUnlockedByAnotherIsForgotten() {
        try (var crew = new Crew()) {
            crew.thread(() -> core.rLock(null));
        }
        core.rUnlock();
        assertThat(core).hasToString("rwmutex");
        assertThat(core.tryLock()).isTrue();
        assertThat(core.blockers(WaitReason.RWMUTEX_RLOCK)).containsExactly(Thread.currentThread().threadId());
        core.unlock();
        core.rLock(null);
        assertThat(core.blockers(WaitReason.RWMUTEX_LOCK)).containsExactly(Thread.currentThread().threadId());
        core.rUnlock();
    }
}
