package gofer.runtime.base;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gofer.fixture.Rounds;
import gofer.goroutine.FatalError;
import gofer.runtime.chan.ChanCore;
import gofer.runtime.chan.SelectCore;
import gofer.runtime.lock.MutexCore;
import gofer.runtime.lock.RWMutexCore;
import gofer.runtime.lock.WaitGroupCore;
import gofer.runtime.lock.WeightedCore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-configuration")
class ShortLockTest {

    /// How many frames try the operation, each with a little more stack left than the previous one.
    private static final int LEVELS = 300;

    private static final int STACK = 1 << 18;

    private static final long DEFAULT_PATIENCE = ShortLock.patience;

    @BeforeEach
    void shortenPatience() {
        ShortLock.patience = TimeUnit.MILLISECONDS.toNanos(100);
    }

    @AfterEach
    void restorePatience() {
        ShortLock.patience = DEFAULT_PATIENCE;
    }

    /// A thread that runs out of stack can leave a lock in this state.
    @Test
    void lockThatIsNeverReleasedIsReported() {
        var locked = new ChanCore(1);
        locked.acquire();
        assertThatExceptionOfType(FatalError.class)
                .isThrownBy(() -> locked.send(1, null))
                .withMessageContaining("unusable: " + locked.title());
        var second = new ChanCore(1);
        second.acquire();
        for (SelectCore select :
                List.of(new SelectCore(false, locked, second), new SelectCore(false, new ChanCore(1), second))) {
            assertThatExceptionOfType(FatalError.class).isThrownBy(() -> select.await(null));
        }
    }

    /// The operation succeeds, or fails with an exception, and no thread waits for the lock forever.
    @Test
    void stackOverflowLeavesNoLockHeld() throws InterruptedException {
        for (int round = 0; round < Rounds.of(5); round++) {
            var chan = new ChanCore(LEVELS);
            var pair = new ChanCore(1);
            var mutex = new MutexCore();
            var readWrite = new RWMutexCore();
            var group = new WaitGroupCore();
            var semaphore = new WeightedCore(LEVELS);
            var select = new SelectCore(false, new ChanCore(1), new ChanCore(1));
            List<Runnable> operations =
                    List.of(
                            () -> chan.trySend(1),
                            () -> {
                                pair.trySend(1);
                                pair.tryRecv();
                            },
                            () -> {
                                if (mutex.tryLock()) {
                                    mutex.unlock();
                                }
                            },
                            () -> {
                                if (readWrite.tryRLock()) {
                                    readWrite.rUnlock();
                                }
                            },
                            () -> {
                                group.add(1);
                                group.add(-1);
                            },
                            () -> {
                                semaphore.tryAcquire(1);
                                semaphore.release(1);
                            },
                            select::poll);
            for (Runnable operation : operations) {
                operation.run();
                inThread(STACK, () -> tryAtAllDepths(operation, new AtomicReference<>()));
                inThread(0, operation);
            }
        }
    }

    private static void inThread(int stack, Runnable body) throws InterruptedException {
        var thread = new Thread(null, body, "digger", stack);
        thread.setUncaughtExceptionHandler((_, _) -> {}); // only its end matters
        thread.start();
        thread.join();
    }

    /// Returns how many levels were below. Stops trying at the first failure that is not a stack overflow.
    @SuppressWarnings("InfiniteRecursion") // until the stack is full
    private static int tryAtAllDepths(Runnable operation, AtomicReference<Throwable> failure) {
        int below;
        try {
            below = tryAtAllDepths(operation, failure);
        } catch (StackOverflowError bottom) {
            below = 0;
        }
        if (below < LEVELS && failure.get() == null) {
            try {
                operation.run();
            } catch (StackOverflowError tooDeep) {
                // expected
            } catch (RuntimeException | Error broken) {
                failure.set(broken);
            }
        }
        return below + 1;
    }
}
