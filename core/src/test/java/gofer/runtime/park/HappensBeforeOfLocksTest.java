package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.group.Weighted;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The edges of mutexes and of semaphores: MM-06, MM-07.
class HappensBeforeOfLocksTest {

    private final VectorClocks clocks = new VectorClocks();

    @AfterEach
    void close() {
        clocks.close();
    }

    @Test
    void unlockOrdersLaterLocks() {
        Mutex mutex = new Mutex();
        mutex.lock();
        clocks.mark("before");
        mutex.unlock();
        clocks.mark("after");
        clocks.run(
                "locker",
                () -> {
                    mutex.lock();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                    mutex.unlock();
                });
        clocks.run(
                "trying locker",
                () -> {
                    assertThat(mutex.tryLock()).isTrue();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("locker")).isTrue();
                });
    }

    @Test
    void unlockOrdersWaitingLock() {
        Mutex mutex = new Mutex();
        mutex.lock();
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            mutex.lock();
                            assertThat(clocks.sees("before")).isTrue();
                        });
        Eventually.blocked(waiting, WaitReason.MUTEX_LOCK);
        clocks.mark("before");
        mutex.unlock();
        assertThat(clocks.sees("waiting")).isFalse();
    }

    @Test
    void lockThatFailsOrdersNothing() {
        Mutex mutex = new Mutex();
        clocks.mark("before");
        mutex.lock();
        mutex.unlock();
        mutex.lock();
        CancelContext context = Context.background().withCancel();
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> assertThatThrownBy(() -> mutex.lock(context)).isInstanceOf(CanceledException.class));
        Eventually.blocked(waiting, WaitReason.MUTEX_LOCK);
        context.cancel();
        clocks.run(
                "trying",
                () -> {
                    assertThat(mutex.tryLock()).isFalse();
                    assertThat(clocks.sees("before")).isFalse();
                });
        mutex.unlock();
        mutex.lock();
        assertThat(clocks.sees("waiting")).isFalse();
        assertThat(clocks.sees("trying")).isFalse();
    }

    @Test
    void unlockOfWriterOrdersWritersAndReaders() {
        RWMutex mutex = new RWMutex();
        mutex.lock();
        clocks.mark("before");
        mutex.unlock();
        clocks.mark("after");
        clocks.run(
                "reader",
                () -> {
                    mutex.rLock();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                    mutex.rUnlock();
                });
        clocks.run(
                "trying reader",
                () -> {
                    assertThat(mutex.tryRLock()).isTrue();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("reader")).isFalse();
                    mutex.rUnlock();
                });
        clocks.run(
                "writer",
                () -> {
                    mutex.lock();
                    assertThat(clocks.sees("before")).isTrue();
                    assertThat(clocks.sees("reader")).isTrue();
                    assertThat(clocks.sees("trying reader")).isTrue();
                    mutex.unlock();
                });
        clocks.run(
                "trying writer",
                () -> {
                    assertThat(mutex.tryLock()).isTrue();
                    assertThat(clocks.sees("writer")).isTrue();
                    mutex.unlock();
                });
    }

    @Test
    void unlockOrdersReadersAndWriterThatWait() {
        RWMutex mutex = new RWMutex();
        mutex.lock();
        Goroutine reader =
                clocks.go(
                        "reader",
                        () -> {
                            mutex.rLock();
                            assertThat(clocks.sees("before")).isTrue();
                            mutex.rUnlock();
                        });
        Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
        Goroutine writer =
                clocks.go(
                        "writer",
                        () -> {
                            mutex.lock();
                            assertThat(clocks.sees("before")).isTrue();
                            mutex.unlock();
                        });
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        clocks.mark("before");
        mutex.unlock();
        Eventually.ended(reader);
        Eventually.ended(writer);
        mutex.rLock();
        assertThat(clocks.sees("writer")).isTrue();
    }

    @Test
    void unlockOfReaderOrdersWaitingWriterOnly() {
        RWMutex mutex = new RWMutex();
        mutex.rLock();
        clocks.run(
                "first reader",
                () -> {
                    mutex.rLock();
                    mutex.rUnlock();
                });
        Goroutine writer =
                clocks.go(
                        "writer",
                        () -> {
                            mutex.lock();
                            assertThat(clocks.sees("first reader")).isTrue();
                            assertThat(clocks.sees("last reader")).isTrue();
                            mutex.unlock();
                        });
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        assertThat(clocks.sees("first reader")).isFalse();
        clocks.mark("last reader");
        mutex.rUnlock();
        assertThat(clocks.sees("writer")).isFalse();
    }

    @Test
    void writerThatGivesUpOrdersNothing() {
        RWMutex mutex = new RWMutex();
        CancelContext context = Context.background().withCancel();
        mutex.rLock();
        Goroutine writer =
                clocks.go(
                        "writer",
                        () -> assertThatThrownBy(() -> mutex.lock(context)).isInstanceOf(CanceledException.class));
        Eventually.blocked(writer, WaitReason.RWMUTEX_LOCK);
        Goroutine second =
                clocks.go(
                        "second writer",
                        () -> {
                            mutex.lock();
                            assertThat(clocks.sees("writer")).isFalse();
                        });
        Eventually.blocked(second, WaitReason.RWMUTEX_LOCK);
        Goroutine reader =
                clocks.go(
                        "reader",
                        () -> {
                            mutex.rLock();
                            assertThat(clocks.sees("writer")).isFalse();
                            mutex.rUnlock();
                        });
        Eventually.blocked(reader, WaitReason.RWMUTEX_RLOCK);
        clocks.run("trying", () -> assertThat(mutex.tryLock() || mutex.tryRLock()).isFalse());
        context.cancel();
        Eventually.ended(reader);
        mutex.rUnlock();
    }

    @Test
    void releaseOfPermitsOrdersAcquire() {
        Weighted permits = new Weighted(2);
        permits.acquire(2);
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            permits.acquire(2);
                            assertThat(clocks.sees("before")).isTrue();
                            assertThat(clocks.sees("after")).isFalse();
                            permits.release(2);
                        });
        Eventually.blocked(waiting, WaitReason.SEMAPHORE_ACQUIRE);
        clocks.mark("before");
        permits.release(2);
        clocks.mark("after");
        Eventually.ended(waiting);
        clocks.run(
                "acquirer",
                () -> {
                    permits.acquire(1);
                    assertThat(clocks.sees("waiting")).isTrue();
                    assertThat(clocks.sees("after")).isFalse();
                    assertThat(permits.tryAcquire(2)).isFalse();
                });
        assertThat(clocks.sees("waiting")).isFalse();
        assertThat(permits.tryAcquire(2)).isFalse();
        assertThat(clocks.sees("waiting")).isFalse();
        assertThat(permits.tryAcquire(1)).isTrue();
        assertThat(clocks.sees("waiting")).isTrue();
        assertThat(clocks.sees("acquirer")).isFalse();
    }

    @Test
    void acquireThatGivesUpOrdersNothing() {
        Weighted permits = new Weighted(2);
        permits.acquire(1);
        CancelContext context = Context.background().withCancel();
        Goroutine large =
                clocks.go(
                        "large",
                        () ->
                                assertThatThrownBy(() -> permits.acquire(context, 2))
                                        .isInstanceOf(CanceledException.class));
        Eventually.blocked(large, WaitReason.SEMAPHORE_ACQUIRE);
        Goroutine small =
                clocks.go(
                        "small",
                        () -> {
                            permits.acquire(1);
                            assertThat(clocks.sees("large")).isFalse();
                        });
        Eventually.blocked(small, WaitReason.SEMAPHORE_ACQUIRE);
        context.cancel();
    }
}
