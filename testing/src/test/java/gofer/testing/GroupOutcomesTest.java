package gofer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.group.Weighted;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import org.junit.jupiter.api.Test;

/// The possible outcomes of small programs with groups, over all schedules.
class GroupOutcomesTest {

    @Test
    void permitsAreAvailableOrNot() {
        OutcomesTest.yields(
                () -> {
                    var tokens = new Weighted(2);
                    int[] got = {0};
                    var wg = new WaitGroup();
                    for (int i = 0; i < 2; i++) {
                        wg.go(() -> {
                            if (tokens.tryAcquire(2)) {
                                got[0]++;
                                tokens.release(2);
                            }
                        });
                    }
                    wg.await();
                    return got[0] + " " + tokens;
                },
                "1 semaphore (0 of 2 taken)",
                "2 semaphore (0 of 2 taken)");
    }

    @Test
    void smallRequestDoesNotOvertakeALargeOne() {
        OutcomesTest.yields(
                () -> {
                    var tokens = new Weighted(2);
                    var held = tokens.acquire(1);
                    var large = new WaitGroup();
                    var small = new WaitGroup();
                    boolean[] passed = {false};
                    large.go(() -> tokens.acquire(2).close());
                    small.go(() -> {
                        passed[0] = tokens.tryAcquire(1);
                        if (passed[0]) tokens.release(1);
                    });
                    small.await();
                    held.close();
                    large.await();
                    return passed[0] + " " + tokens;
                },
                "true semaphore (0 of 2 taken)",
                "false semaphore (0 of 2 taken)");
    }

    @Test
    @SuppressWarnings("LockLeak")
    void waiterBehindACancelledRequestProceeds() {
        OutcomesTest.yields(
                () -> {
                    var tokens = new Weighted(2);
                    tokens.acquire(1);
                    var ctx = Context.background().withCancel();
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        try {
                            tokens.acquire(ctx, 2);
                        } catch (ContextException cancelled) {
                            // as required
                        }
                    });
                    wg.go(() -> tokens.acquire(1));
                    ctx.cancel();
                    wg.await();
                    return tokens.toString();
                },
                "semaphore (2 of 2 taken)");
    }

    @Test
    void acquireCancelledWhenGrantedReturnsItsPermits() {
        OutcomesTest.yields(
                () -> {
                    var tokens = new Weighted(1);
                    var held = tokens.acquire(1);
                    var ctx = Context.background().withCancel();
                    String[] got = {""};
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        try (var _ = tokens.acquire(ctx, 1)) {
                            got[0] = "acquired";
                        } catch (ContextException cancelled) {
                            got[0] = "called off";
                        }
                    });
                    wg.go(ctx::cancel);
                    held.close();
                    wg.await();
                    return got[0] + " " + tokens;
                },
                "acquired semaphore (0 of 1 taken)",
                "called off semaphore (0 of 1 taken)");
    }

    @Test
    void callsShareTheirWorkOrRunInSequence() {
        OutcomesTest.yields(
                () -> {
                    var flights = new SingleFlight<String, Integer>();
                    int[] calls = {0};
                    String[] got = {"", ""};
                    var wg = new WaitGroup();
                    for (int i = 0; i < 2; i++) {
                        int n = i;
                        wg.go(() -> {
                            var result = flights.run("key", () -> ++calls[0]);
                            got[n] = result.get() + (result.shared() ? " shared" : "");
                        });
                    }
                    wg.await();
                    return got[0] + ", " + got[1];
                },
                "1 shared, 1 shared",
                "1, 2",
                "2, 1");
    }

    @Test
    void forgottenKeyIsComputedAgain() {
        OutcomesTest.yields(
                () -> {
                    var flights = new SingleFlight<String, Integer>();
                    Chan<Integer> begun = Chan.make();
                    int[] first = {0};
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        first[0] =
                                flights.run(
                                                "key",
                                                () -> {
                                                    begun.send(1);
                                                    return 1;
                                                })
                                        .get();
                    });
                    begun.recv();
                    flights.forget("key");
                    int second = flights.run("key", () -> 2).get();
                    wg.await();
                    return first[0] + " " + second;
                },
                "1 2");
    }

    @Test
    void firstFailureIsTheCauseAndThrownByAwait() {
        OutcomesTest.yields(
                () -> {
                    var group = ErrGroup.withContext(Context.background());
                    for (String name : new String[] {"a", "b"}) {
                        group.go(() -> {
                            throw new IllegalStateException(name);
                        });
                    }
                    try {
                        group.await();
                        return "";
                    } catch (IllegalStateException failed) {
                        assertThat(group.context().cause()).isSameAs(failed);
                        return String.valueOf(failed.getMessage());
                    }
                },
                "a",
                "b");
    }

    @Test
    void limitIsRespected() {
        OutcomesTest.yields(
                () -> {
                    var group = new ErrGroup().limit(1);
                    int[] running = {0};
                    var mu = new Mutex();
                    group.go(() -> {
                        assertThat(++running[0]).isEqualTo(1);
                        try (var _ = mu.lock()) {}
                        running[0]--;
                    });
                    boolean started = group.tryGo(() -> assertThat(running[0]).isZero());
                    group.go(() -> assertThat(running[0]).isZero());
                    group.await();
                    return String.valueOf(started);
                },
                "true",
                "false");
    }
}
