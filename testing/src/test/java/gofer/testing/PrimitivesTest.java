package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.goroutine.Body;
import gofer.goroutine.InterruptException;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Once;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of every primitive of Gofer, under all schedules of two or three goroutines with a few operations each.
class PrimitivesTest {

    /// Checks all schedules of `body`. The limit is for a program with too many.
    private static void holds(Body body) {
        Exploration all = Explore.schedules(100_000).strategy(Strategy.EXHAUSTIVE).check(body);
        assertThat(all.isComplete()).as(all.summary()).isTrue();
        assertThat(all.schedules()).isGreaterThan(1);
        assertThat(all.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void channelPassesEachValueOnceAndInOrder(int capacity) {
        holds(() -> {
            Chan<Integer> numbers = Chan.make(capacity);
            go(() -> {
                for (int i = 1; i <= 3; i++) numbers.send(i);
                numbers.close();
            });
            List<Integer> got = new ArrayList<>();
            for (int n : numbers) got.add(n);
            assertThat(got).containsExactly(1, 2, 3);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void twoSendersAndAReceiverShareAChannel(int capacity) {
        holds(() -> {
            Chan<Integer> numbers = Chan.make(capacity);
            var senders = new WaitGroup();
            senders.go(() -> numbers.send(1));
            senders.go(() -> numbers.send(2));
            assertThat(numbers.recv() + numbers.recv()).isEqualTo(3);
            senders.await();
            assertThat(numbers.len()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void closeWakesEachReceiverOnce(int capacity) {
        holds(() -> {
            Chan<Integer> numbers = Chan.make(capacity);
            var receivers = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                receivers.go(() -> assertThat(numbers.recvOk()).isInstanceOf(Closed.class));
            }
            numbers.close();
            receivers.await();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void twoSelectsMeetInOneOfTwoChannels(int capacity) {
        holds(() -> {
            Chan<Integer> a = Chan.make(capacity);
            Chan<Integer> b = Chan.make(capacity);
            var sender = new WaitGroup();
            sender.go(() -> {
                var _ = select(a.sending(1), b.sending(2));
            });
            int got =
                    switch (select(a, b)) {
                        case First(Value(var n)) -> n;
                        case Second(Value(var n)) -> n;
                        default -> 0;
                    };
            sender.await();
            assertThat(got).isBetween(1, 2);
            assertThat(a.len() + b.len()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void cancelledReceiveTakesNoValueAndCancelledSendSendsNone(int capacity) {
        holds(() -> {
            Chan<Integer> numbers = Chan.make(capacity);
            var ctx = Context.background().withCancel();
            int[] got = {0};
            int[] sent = {0};
            var wg = new WaitGroup();
            wg.go(() -> {
                try {
                    numbers.send(ctx, 1);
                    sent[0] = 1;
                } catch (ContextException cancelled) {
                    // then nothing has been sent
                }
            });
            wg.go(() -> {
                try {
                    got[0] = numbers.recv(ctx);
                } catch (ContextException cancelled) {
                    // then nothing has been received
                }
            });
            ctx.cancel();
            wg.await();
            assertThat(got[0] + numbers.len()).isEqualTo(sent[0]);
        });
    }

    @Test
    void interruptedReceiveTakesNoValue() {
        holds(() -> {
            Chan<Integer> numbers = Chan.make(1);
            int[] got = {0};
            var wg = new WaitGroup();
            wg.add(1);
            var receiver =
                    go(() -> {
                        try {
                            got[0] = numbers.recv();
                        } catch (InterruptException interrupted) {
                            // then nothing has been received
                        } finally {
                            var _ = Thread.interrupted();
                            wg.done();
                        }
                    });
            go(() -> receiver.thread().interrupt());
            numbers.send(1);
            wg.await();
            assertThat(got[0] + numbers.len()).isEqualTo(1);
        });
    }

    @Test
    void mutexExcludesAndTryLockIsCorrect() {
        holds(() -> {
            var mu = new Mutex();
            int[] inside = {0};
            var wg = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                wg.go(() -> {
                    try (var _ = mu.lock()) {
                        assertThat(++inside[0]).isEqualTo(1);
                        gofer.Go.gosched();
                        inside[0]--;
                    }
                });
            }
            if (mu.tryLock()) {
                assertThat(inside[0]).isZero();
                mu.unlock();
            }
            wg.await();
        });
    }

    @Test
    void writerIsExclusiveAndReadersShare() {
        holds(() -> {
            var mu = new RWMutex();
            int[] readers = {0};
            boolean[] writing = {false};
            var wg = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                wg.go(() -> {
                    mu.rLock();
                    readers[0]++;
                    assertThat(writing[0]).isFalse();
                    readers[0]--;
                    mu.rUnlock();
                });
            }
            mu.lock();
            writing[0] = true;
            assertThat(readers[0]).isZero();
            gofer.Go.gosched();
            writing[0] = false;
            mu.unlock();
            wg.await();
        });
    }

    @Test
    @SuppressWarnings("SharedCapture")
    void waitGroupReleasesNoWaiterEarly() {
        holds(() -> {
            var wg = new WaitGroup();
            int[] done = {0};
            for (int i = 0; i < 3; i++) wg.go(() -> done[0]++);
            wg.await();
            assertThat(done[0]).isEqualTo(3);
        });
    }

    @Test
    void conditionWakesWaiters() {
        holds(() -> {
            var mu = new Mutex();
            var changed = new Cond(mu);
            int[] ready = {0};
            var wg = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                wg.go(() -> {
                    try (var _ = mu.lock()) {
                        while (ready[0] == 0) changed.await();
                        ready[0]--;
                    }
                });
            }
            try (var _ = mu.lock()) {
                ready[0] = 2;
                changed.broadcast();
            }
            wg.await();
            assertThat(ready[0]).isZero();
        });
    }

    @Test
    void onceRunsOnceAndAllCallersWait() {
        holds(() -> {
            var once = new Once();
            int[] runs = {0};
            var wg = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                wg.go(() -> {
                    once.run(() -> {
                        gofer.Go.gosched();
                        runs[0]++;
                    });
                    assertThat(runs[0]).isEqualTo(1);
                });
            }
            wg.await();
        });
    }

    @Test
    void semaphoreGrantsNoMoreThanItHas() {
        holds(() -> {
            var tokens = new Weighted(2);
            int[] taken = {0};
            var wg = new WaitGroup();
            for (int i = 1; i <= 2; i++) {
                int n = i;
                wg.go(() -> {
                    try (var _ = tokens.acquire(Context.background(), n)) {
                        taken[0] += n;
                        assertThat(taken[0]).isLessThanOrEqualTo(2);
                        gofer.Go.gosched();
                        taken[0] -= n;
                    }
                });
            }
            wg.await();
            assertThat(tokens.tryAcquire(2)).isTrue();
        });
    }

    @Test
    void cancelledAcquireTakesNothing() {
        holds(() -> {
            var tokens = new Weighted(1);
            var held = tokens.acquire(Context.background(), 1);
            var ctx = Context.background().withCancel();
            var wg = new WaitGroup();
            wg.go(() -> {
                try (var _ = tokens.acquire(ctx, 1)) {
                    gofer.Go.gosched();
                } catch (ContextException cancelled) {
                    // then nothing was taken
                }
            });
            wg.go(ctx::cancel);
            held.close();
            wg.await();
            assertThat(tokens.tryAcquire(1)).isTrue();
        });
    }

    @Test
    void groupThrowsItsFirstFailure() {
        holds(() -> {
            var group = ErrGroup.withContext(Context.background());
            group.go(() -> {
                throw new IllegalStateException("one");
            });
            group.go(() -> {
                group.context().done().recvOk();
                throw new IllegalStateException("two");
            });
            String thrown = "";
            try {
                group.await();
            } catch (Exception failed) {
                thrown = String.valueOf(failed.getMessage());
            }
            assertThat(thrown).isEqualTo("one");
        });
    }

    @Test
    void flightIsSharedOrRepeated() {
        holds(() -> {
            var flights = new SingleFlight<String, Integer>();
            int[] calls = {0};
            var wg = new WaitGroup();
            int[] sum = {0};
            for (int i = 0; i < 2; i++) {
                wg.go(() -> {
                    int got =
                            flights.run(
                                            "key",
                                            () -> {
                                                gofer.Go.gosched();
                                                return ++calls[0];
                                            })
                                    .get();
                    sum[0] += got;
                });
            }
            wg.await();
            assertThat(calls[0]).isBetween(1, 2);
            assertThat(sum[0]).isEqualTo(calls[0] == 1 ? 2 : 3);
        });
    }

    @Test
    void cancelEndsAllDescendants() {
        holds(() -> {
            var parent = Context.background().withCancel();
            var wg = new WaitGroup();
            wg.go(() -> {
                try (var child = parent.withCancel()) {
                    child.done().recvOk();
                    assertThat(parent.err()).isNotNull();
                    assertThat(child.err()).isNotNull();
                }
            });
            wg.go(parent::cancel);
            wg.await();
        });
    }
}
