package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.group.Weighted;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.RWMutex;
import gofer.testing.Bubble;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Locks belong to no bubble. A bubble waits in real time for a lock only if it is held outside.
@SuppressWarnings("LockLeak")
class OutsideLocksTest {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String DEADLOCK = "deadlock: all goroutines in bubble are blocked";

    /// Runs `take` in a bubble while the lock is held outside. Expects that time stands still until `give` is called there.
    private static void expectWait(Body hold, Body give, Body take) throws Throwable {
        hold.run();
        Outside.whenTheBubbleWaits(give);
        Bubble.run(() -> {
            go(() -> sleep(HOUR));
            take.run();
            assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING);
            sleep(HOUR);
        });
    }

    @Test
    void bubbleWaitsForPermitsHeldOutside() throws Throwable {
        var tokens = new Weighted(1);
        expectWait(() -> tokens.acquire(1), () -> tokens.release(1), () -> tokens.acquire(1));
    }

    @Test
    void bubbleWaitsBehindALargeAcquireOutside() throws Throwable {
        var tokens = new Weighted(1000);
        expectWait(() -> tokens.acquire(600), () -> tokens.release(600), () -> tokens.acquire(500));
    }

    /// The clock advances while permits of an outside semaphore are held inside.
    @Test
    void permitsHeldInsideDoNotStopTheClock() throws Exception {
        for (long size : new long[] {2, 1000}) {
            var tokens = new Weighted(size);
            tokens.acquire(1);
            tokens.release(1);
            Bubble.run(() -> {
                go(() -> {
                    try (var _ = tokens.acquire(size)) {
                        sleep(HOUR);
                    }
                });
                Bubble.await();
                try (var _ = tokens.acquire(1)) {
                    assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plus(HOUR));
                }
            });
        }
    }

    /// Permits have no owner: a thread outside can release permits acquired inside.
    @Test
    void permitsOfAnOutsideSemaphoreCanBeReleasedOutside() throws Throwable {
        var tokens = new Weighted(1);
        Outside.whenTheBubbleWaits(() -> tokens.release(1));
        Bubble.run(() -> {
            tokens.acquire(1);
            tokens.acquire(1);
        });
    }

    @Test
    void waitForPermitsOfAnInsideSemaphoreIsADeadlockAtOnce() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            var tokens = new Weighted(1);
                            tokens.acquire(1);
                            tokens.acquire(1);
                        }))
                .hasMessageContaining(DEADLOCK);
    }

    @Test
    void permitsOfAnInsideSemaphoreCanBeAcquiredOutside() throws Exception {
        Bubble.run(() -> {
            var tokens = new Weighted(1);
            assertThat(Outside.call(() -> tokens.acquire(1))).isNull();
            Outside.whenTheBubbleWaits(() -> tokens.release(1));
            go(() -> sleep(HOUR));
            tokens.acquire(1);
            assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING);
            sleep(HOUR);
        });
    }

    @Test
    void bubbleWaitsForAMutexHeldOutside() throws Throwable {
        var mu = new Mutex();
        expectWait(mu::lock, mu::unlock, mu::lock);
    }

    @Test
    void bubbleWaitsForAMutexHeldByAVirtualThread() throws Throwable {
        var mu = new Mutex();
        Chan<Integer> leave = Chan.make();
        Chan<Integer> held = Chan.make();
        Thread.startVirtualThread(() -> {
            try (var _ = mu.lock()) {
                held.send(1);
                leave.recv();
            }
        });
        expectWait(() -> held.recv(), () -> leave.send(1), mu::lock);
    }

    @Test
    @SuppressWarnings("LockTwice")
    void waitForAMutexHeldInsideIsADeadlockAtOnce() {
        var mu = new Mutex();
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            mu.lock();
                            mu.lock();
                        }))
                .hasMessageContaining(DEADLOCK);
    }

    @Test
    void insideMutexCanBeHeldOutside() throws Exception {
        Bubble.run(() -> {
            var mu = new Mutex();
            var held = new CountDownLatch(1);
            Thread.ofPlatform()
                    .start(() -> {
                        try (var _ = mu.lock()) {
                            held.countDown();
                            Eventually.that("the bubble waits", Outside::isBubbleWaiting);
                        }
                    });
            held.await();
            go(() -> sleep(HOUR));
            mu.lock();
            assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING);
            sleep(HOUR);
        });
    }

    @Test
    void bubbleWaitsForReadersOutside() throws Throwable {
        for (int readers = 1; readers <= 3; readers++) {
            var mu = new RWMutex();
            int n = readers;
            expectWait(
                    () -> {
                        for (int i = 0; i < n; i++) mu.rLock();
                    },
                    () -> {
                        for (int i = 0; i < n; i++) mu.rUnlock();
                    },
                    mu::lock);
        }
    }

    @Test
    void bubbleWaitsForAWriterOutside() throws Throwable {
        var mu = new RWMutex();
        expectWait(mu::lock, mu::unlock, mu::rLock);
    }

    @Test
    void readersInsideDoNotStopTheClock() throws Exception {
        var mu = new RWMutex();
        Bubble.run(() -> {
            for (int i = 0; i < 3; i++) {
                go(() -> {
                    assertThat(mu.tryRLock()).isTrue();
                    mu.rLock();
                    sleep(HOUR);
                    mu.rUnlock();
                    mu.rUnlock();
                });
            }
            Bubble.await();
            mu.lock();
            assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plus(HOUR));
        });
    }

    @Test
    void bubbleWaitsForAOnceThatRunsOutside() throws Throwable {
        var once = new Once();
        Chan<Integer> runs = Chan.make();
        Chan<Integer> end = Chan.make();
        go(() ->
                once.run(() -> {
                    runs.send(1);
                    end.recv();
                }));
        expectWait(() -> runs.recv(), () -> end.send(1), () -> once.run(() -> {}));
    }

    @Test
    void onceAndPoolCanBeUsedOnBothSides() throws Exception {
        var runs = new AtomicInteger();
        var outside = new Once();
        var pool = new Pool<>(() -> "new");
        pool.put("made outside");
        Bubble.run(() -> {
            outside.run(runs::incrementAndGet);
            assertThat(Outside.call(() -> outside.run(runs::incrementAndGet))).isNull();
            var inside = new Once();
            inside.run(runs::incrementAndGet);
            assertThat(Outside.call(() -> inside.run(runs::incrementAndGet))).isNull();
            assertThat(pool.get()).isEqualTo("made outside");
            var own = new Pool<>(() -> "made inside");
            assertThat(Outside.call(() -> assertThat(own.get()).isEqualTo("made inside"))).isNull();
        });
        assertThat(runs).hasValue(2);
    }

    @Test
    void bubbleWaitsForAGoroutineOutside() throws Exception {
        Chan<Integer> end = Chan.make();
        Goroutine outside = go(() -> end.recv());
        Outside.whenTheBubbleWaits(() -> end.send(1));
        Bubble.run(() -> {
            assertThat(outside.id()).isPositive();
            outside.thread().join();
            assertThat(outside.state()).isEqualTo(Goroutine.State.ENDED);
        });
    }

    @Test
    void goroutineInsideCanBeInspectedAndInterruptedOutside() throws Exception {
        Bubble.run(() -> {
            Chan<Integer> never = Chan.make();
            Goroutine inside = go("worker", () -> assertThatThrownBy(never::recv).hasMessageContaining("interrupt"));
            Bubble.await();
            assertThat(Outside.call(() -> assertThat(inside.state()).isEqualTo(Goroutine.State.WAITING))).isNull();
            assertThat(Outside.call(() -> inside.thread().interrupt())).isNull();
        });
    }
}
