package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.First;
import gofer.chan.Value;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.goroutine.InterruptException;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The possible outcomes of small programs, over all schedules. Another outcome would be a fault of a primitive, and a missing
/// one a fault of the search.
class OutcomesTest {

    static void yields(Callable<String> program, String... outcomes) {
        String[] last = {""};
        Exploration all =
                Explore.schedules(100_000)
                        .strategy(Strategy.EXHAUSTIVE)
                        .outcome(() -> last[0])
                        .check(() -> last[0] = program.call());
        assertThat(all.isComplete()).as(all.summary()).isTrue();
        assertThat(all.notes()).isEmpty();
        assertThat(all.outcomes().keySet()).as(all.summary()).containsExactlyInAnyOrder(outcomes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void tryNeedsAPartnerOrRoom(int capacity) {
        String[] possible = capacity == 0 ? new String[] {"false false"} : new String[] {"true true", "true false"};
        yields(
                () -> {
                    Chan<Integer> numbers = Chan.make(capacity);
                    boolean[] sent = {false};
                    var wg = new WaitGroup();
                    wg.go(() -> sent[0] = numbers.trySend(1));
                    boolean got = numbers.tryRecv() instanceof Value;
                    wg.await();
                    return sent[0] + " " + got;
                },
                possible);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void sendMeetsTheCloseOfItsChannel(int capacity) {
        String[] possible = capacity == 0 ? new String[] {"refused 0"} : new String[] {"sent 1", "refused 0"};
        yields(
                () -> {
                    Chan<Integer> numbers = Chan.make(capacity);
                    String[] sender = {""};
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        try {
                            numbers.send(1);
                            sender[0] = "sent";
                        } catch (ChanClosedException closed) {
                            sender[0] = "refused";
                        }
                    });
                    numbers.close();
                    wg.await();
                    return sender[0] + " " + numbers.len();
                },
                possible);
    }

    @Test
    void selectsOnBothSidesMeetInOneChannel() {
        yields(
                () -> {
                    Chan<Integer> a = Chan.make();
                    Chan<Integer> b = Chan.make();
                    String[] other = {""};
                    var wg = new WaitGroup();
                    wg.go(() -> other[0] = select(a.sending(1), b) instanceof First ? "sent" : "got");
                    String mine = select(a, b.sending(2)) instanceof First ? "got" : "sent";
                    wg.await();
                    return mine + " " + other[0];
                },
                "got sent",
                "sent got");
    }

    @Test
    void waitingSelectGetsAValueACloseOrNeither() {
        yields(
                () -> {
                    Chan<Integer> a = Chan.make();
                    Chan<Integer> b = Chan.make();
                    var wg = new WaitGroup();
                    boolean[] sent = {false};
                    wg.go(() -> sent[0] = a.trySend(1));
                    wg.go(b::close);
                    String got = select(a, b) instanceof First ? "value" : "closed";
                    wg.await();
                    return got + " " + sent[0];
                },
                "value true",
                "closed false");
    }

    @Test
    void interruptedSelectTakesNoValue() {
        yields(
                () -> {
                    Chan<Integer> a = Chan.make();
                    Chan<Integer> b = Chan.make();
                    boolean[] sent = {false};
                    String[] got = {""};
                    var wg = new WaitGroup();
                    wg.add(1);
                    var selecting =
                            go(() -> {
                                try {
                                    var _ = select(a, b);
                                    got[0] = "value";
                                } catch (InterruptException interrupted) {
                                    got[0] = "interrupted";
                                } finally {
                                    wg.done();
                                }
                            });
                    wg.go(() -> sent[0] = a.trySend(1));
                    gosched(); // an interrupt is not an operation of Gofer
                    selecting.thread().interrupt();
                    wg.await();
                    return got[0] + " " + sent[0];
                },
                "value true",
                "interrupted false");
    }

    @Test
    void lockIsTakenOrCancelled() {
        yields(
                () -> {
                    var mu = new Mutex();
                    var held = mu.lock();
                    var ctx = Context.background().withCancel();
                    String[] got = {""};
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        try (var _ = mu.lock(ctx)) {
                            got[0] = "locked";
                        } catch (ContextException cancelled) {
                            got[0] = "called off";
                        }
                    });
                    wg.go(ctx::cancel);
                    held.close();
                    wg.await();
                    return got[0] + " " + mu.tryLock();
                },
                "locked true",
                "called off true");
    }

    @Test
    void waitingWriterBlocksNewReaders() {
        yields(
                () -> {
                    var mu = new RWMutex();
                    var reader = new WaitGroup();
                    var writer = new WaitGroup();
                    boolean[] got = {false};
                    mu.rLock();
                    writer.go(() -> mu.lock().close());
                    reader.go(() -> {
                        got[0] = mu.tryRLock();
                        if (got[0]) mu.rUnlock();
                    });
                    reader.await();
                    mu.rUnlock();
                    writer.await();
                    return got[0] + " " + mu.tryLock();
                },
                "true true",
                "false true");
    }

    @Test
    void waitGroupCanBeReused() {
        yields(
                () -> {
                    var wg = new WaitGroup();
                    int[] count = {0};
                    String seen = "";
                    for (int i = 0; i < 2; i++) {
                        wg.go(() -> count[0]++);
                        wg.go(() -> count[0]++);
                        wg.await();
                        seen += count[0];
                    }
                    return seen;
                },
                "24");
    }

    @Test
    void waiterBeforeOrAfterTheLastDoneProceeds() {
        yields(
                () -> {
                    var wg = new WaitGroup();
                    var waiters = new WaitGroup();
                    int[] seen = {0};
                    wg.add(1);
                    for (int i = 0; i < 2; i++) {
                        waiters.go(() -> {
                            wg.await();
                            seen[0]++;
                        });
                    }
                    assertThat(seen[0]).isZero();
                    wg.done();
                    waiters.await();
                    return String.valueOf(seen[0]);
                },
                "2");
    }

    @Test
    void signalWakesOneAndIsNotLost() {
        yields(
                () -> {
                    var mu = new Mutex();
                    var changed = new Cond(mu);
                    int[] ready = {0};
                    var wg = new WaitGroup();
                    wg.go(() -> {
                        try (var _ = mu.lock()) {
                            while (ready[0] == 0) changed.await();
                            ready[0]--;
                        }
                    });
                    for (int i = 0; i < 2; i++) {
                        try (var _ = mu.lock()) {
                            ready[0]++;
                            changed.signal();
                        }
                    }
                    wg.await();
                    return String.valueOf(ready[0]);
                },
                "1");
    }
}
