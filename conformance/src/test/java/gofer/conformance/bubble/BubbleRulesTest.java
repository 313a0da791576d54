package gofer.conformance.bubble;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.fixture.Eventually;
import gofer.goroutine.FatalError;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("LockLeak")
class BubbleRulesTest {

    @Test
    @Pins("ST-01")
    void emptyBubbleEnds() throws Exception {
        Bubble.run(() -> {});
    }

    @Test
    void exceptionOfTheBodyIsRethrown() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            throw new IOException("disk");
                        }))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
        assertThatThrownBy(() -> Bubble.run(() -> assertThat(1).isEqualTo(2))).isInstanceOf(AssertionError.class);
    }

    @Test
    @Pins("ST-01")
    void exceptionOfAnotherGoroutineFailsTheBubble() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            go(
                                    "worker",
                                    () -> {
                                        throw new IOException("disk");
                                    });
                            Bubble.await();
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("java.io.IOException: disk in goroutine ")
                .hasMessageContaining("\"worker\"")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    @Pins({"ST-06", "GO-18"})
    void deadlockReportSaysWhatEachGoroutineWaitsFor() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            var a = new Mutex();
                            var b = new Mutex();
                            var wg = new WaitGroup();
                            Chan<Boolean> meet = Chan.make();
                            go(
                                    "left",
                                    () -> {
                                        a.lock();
                                        meet.send(true);
                                        b.lock();
                                    });
                            go(
                                    "right",
                                    () -> {
                                        b.lock();
                                        meet.recv();
                                        a.lock();
                                    });
                            wg.add(1);
                            wg.await();
                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deadlock: all goroutines in bubble are blocked")
                .hasMessageContaining("\"left\" [sync.Mutex.Lock]")
                .hasMessageContaining("blocked by goroutine ")
                .hasMessageContaining("BubbleRulesTest");
    }

    @Test
    @Pins({"ST-10", "CH-22"})
    void channelOfTheBubbleIsRefusedOutside() throws Exception {
        var leaked = new AtomicReference<Chan<Integer>>();
        Bubble.run(() -> leaked.set(Chan.make(1)));
        assertThatThrownBy(() -> leaked.get().send(1))
                .isInstanceOf(FatalError.class)
                .hasMessageContaining("channel of a bubble is used outside of it");
        assertThatThrownBy(() -> Bubble.run(() -> leaked.get().send(1))).isInstanceOf(FatalError.class);
    }

    @Test
    @Pins("ST-04")
    void bubbleWaitsInRealTimeForAChannelFromOutside() throws Exception {
        Chan<Integer> outside = Chan.make();
        var sender = go(() -> outside.send(7));
        int[] got = {0};
        Bubble.run(() -> got[0] = outside.recv());
        assertThat(got[0]).isEqualTo(7);
        sender.thread().join();
    }

    @Test
    @Pins("ST-01")
    void plainVirtualThreadsStayInside() throws Exception {
        int[] got = {0};
        Bubble.run(() -> {
            Chan<Integer> numbers = Chan.make();
            Thread.startVirtualThread(() -> numbers.send(7));
            got[0] = numbers.recv();
        });
        assertThat(got[0]).isEqualTo(7);
    }

    @Test
    void latchesOfTheJdkBlock() {
        assertThatThrownBy(() -> Bubble.run(() -> new CountDownLatch(1).await()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("deadlock");
    }

    @Test
    @Pins("ST-09")
    void nestedBubbleIsRefused() {
        assertThatThrownBy(() -> Bubble.run(() -> Bubble.run(() -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("within a bubble");
    }

    @Test
    @Pins("ST-08")
    void awaitIsRefusedOutsideOfABubble() {
        assertThatThrownBy(Bubble::await).hasMessage("goroutine is not in a bubble");
    }

    @Test
    @Pins("ST-08")
    void concurrentAwaitsAreRefused() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            go(Bubble::await);
                            Bubble.await();
                        }))
                .hasMessageContaining("wait already in progress");
    }

    @Test
    @Pins("ST-03")
    void mutexesBlockDurably() throws Exception {
        Bubble.run(() -> {
            var mu = new Mutex();
            mu.lock();
            int[] entered = {0};
            go(() -> {
                try (var _ = mu.lock()) {
                    entered[0]++;
                }
            });
            Bubble.await();
            assertThat(entered[0]).isZero();
            mu.unlock();
            Bubble.await();
            assertThat(entered[0]).isEqualTo(1);
        });
    }

    /// Blocked goroutines never continue, and their `finally` blocks do not run. They can be garbage collected.
    @Test
    @Pins("ST-06")
    void deadlockedGoroutinesAreCollected() {
        var finallyRan = new AtomicBoolean();
        var left = new AtomicReference<WeakReference<Object>>();
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            go(() -> {
                                var held = new Object();
                                left.set(new WeakReference<>(held));
                                try {
                                    Chan.make().recv();
                                } finally {
                                    finallyRan.set(held != null);
                                }
                            });
                            try {
                                Chan.make().recv();
                            } finally {
                                finallyRan.set(true);
                            }
                        }))
                .hasMessageContaining("deadlock: all goroutines in bubble are blocked");
        Eventually.that(
                "they are garbage",
                () -> {
                    System.gc();
                    return left.get().refersTo(null);
                });
        assertThat(finallyRan).isFalse();
    }

    @Test
    void outsideMutexStaysLockedByADeadlockedGoroutine() {
        var mu = new Mutex();
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            try (var _ = mu.lock()) {
                                Chan.make().recv();
                            }
                        }))
                .hasMessageContaining("deadlock");
        assertThat(mu.tryLock()).isFalse();
    }
}
