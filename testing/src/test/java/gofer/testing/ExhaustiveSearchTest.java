package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.numGoroutine;
import static gofer.Go.select;
import static gofer.Go.trySelect;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.sync.Pool;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A complete exhaustive search has seen every outcome. Earlier versions missed some of these outcomes.
class ExhaustiveSearchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private String outcome = "";

    @Test
    void eachOfTwoEqualArmsIsTaken() {
        assertThat(
                        outcomes(() -> {
                            Chan<Integer> numbers = Chan.make();
                            go(() -> numbers.send(1));
                            outcome = select(numbers, numbers) instanceof First ? "first" : "second";
                        }))
                .containsExactlyInAnyOrder("first", "second");
        assertThat(
                        outcomes(() -> {
                            Chan<Integer> numbers = Chan.make();
                            go(() -> {
                                var _ = select(numbers.sending(1), numbers.sending(2));
                            });
                            outcome = String.valueOf(numbers.recv());
                        }))
                .containsExactlyInAnyOrder("1", "2");
    }

    /// The cancel ends a wait with a child of the context, or the wait gets its value before.
    @Test
    void cancelEndsAWaitForSomethingElse() {
        assertThat(
                        outcomes(() -> {
                            var parent = Context.background().withCancel();
                            var child = parent.withCancel();
                            Chan<Integer> numbers = Chan.make();
                            Chan<Void> open = Chan.make();
                            go(() -> parent.cancel());
                            go(() -> {
                                var _ = parent.done().recvOk();
                                var _ = numbers.trySend(1);
                                open.close();
                            });
                            try {
                                outcome = String.valueOf(numbers.recv(child));
                            } catch (CanceledException canceled) {
                                outcome = "called off";
                            }
                            open.recvOk();
                        }))
                .containsExactlyInAnyOrder("1", "called off");
    }

    /// Between the close of the context's channel and the start of its function, the function may be stopped.
    @Test
    void afterFuncCanBeStoppedAfterTheEndOfItsContext() {
        assertThat(
                        outcomes(() -> {
                            var ctx = Context.background().withCancel();
                            var ran = new boolean[1];
                            var registration = ctx.afterFunc(() -> ran[0] = true);
                            go(() -> ctx.cancel());
                            var _ = ctx.done().recvOk();
                            outcome = String.valueOf(registration.stop());
                        }))
                .containsExactlyInAnyOrder("true", "false");
    }

    /// The channel of a parent is closed before the channel of its child.
    @Test
    void parentIsDoneBeforeItsChild() {
        assertThat(
                        outcomes(() -> {
                            var parent = Context.background().withCancel();
                            var child = parent.withCancel();
                            var done = child.done();
                            var above = parent.done();
                            go(() -> parent.cancel());
                            var _ = above.recvOk();
                            outcome = trySelect(done).getClass().getSimpleName();
                        }))
                .containsExactlyInAnyOrder("Default", "First");
    }

    @Test
    void poolReturnsItemsInAnyOrder() {
        assertThat(
                        outcomes(() -> {
                            var pool = new Pool<>(() -> "new");
                            go(() -> {
                                pool.put("a");
                                pool.put("b");
                            });
                            outcome = pool.get();
                        }))
                .containsExactlyInAnyOrder("new", "a", "b");
    }

    /// A goroutine ends after its last operation, and another one that waits for that operation may still count it.
    @Test
    void goroutinesAreCountedUntilTheyHaveEnded() {
        assertThat(
                        outcomes(() -> {
                            var wg = new WaitGroup();
                            wg.go(() -> {});
                            wg.await();
                            outcome = numGoroutine() + " " + numGoroutine();
                        }))
                .containsExactlyInAnyOrder("1 1", "2 1", "2 2");
    }

    /// A new goroutine may not be counted yet when others see the last operation of its starter.
    @Test
    void goroutinesAreCountedWhenTheyHaveStarted() {
        assertThat(
                        outcomes(() -> {
                            Chan<Void> begun = Chan.make();
                            Chan<Void> end = Chan.make();
                            go(() -> {
                                begun.close();
                                go(() -> end.recvOk());
                                end.recvOk();
                            });
                            begun.recvOk();
                            outcome = numGoroutine() + "";
                            end.close();
                        }))
                .containsExactlyInAnyOrder("2", "3");
    }

    /// Time may pass although no goroutine waits for the channel of the alarm.
    @Test
    void alarmIsDueWithoutAWaiter() {
        assertThat(
                        outcomes(() -> {
                            var alarm = Alarm.in(SECOND);
                            outcome = trySelect(alarm.c()) instanceof Default ? "early" : "late";
                        }))
                .containsExactlyInAnyOrder("early", "late");
    }

    /// A receive from a stopped alarm blocks forever. In old Go programs it was correct.
    @Test
    void receiveFromAStoppedAlarmIsFound() {
        Exploration result =
                Explore.exhaustively()
                        .search(() -> {
                            var alarm = Alarm.in(SECOND);
                            if (trySelect(alarm.c()) instanceof Default) {
                                return;
                            }
                            if (!alarm.stop()) alarm.c().recv();
                        });
        assertThat(result.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .contains("all goroutines are asleep");
    }

    @ParameterizedTest
    @EnumSource
    void pollingSeesADueAlarm(Strategy strategy) {
        Exploration result =
                Explore.schedules(50)
                        .strategy(strategy)
                        .search(() -> {
                            var alarm = Alarm.in(Duration.ofHours(1));
                            while (alarm.c().tryRecv() instanceof Empty) gosched();
                        });
        assertThat(result.faults()).isEmpty();
    }

    private Set<String> outcomes(Body body) {
        Exploration result =
                Explore.exhaustively()
                        .outcome(() -> outcome)
                        .search(() -> {
                            outcome = "none";
                            body.run();
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.isComplete()).isTrue();
        return result.outcomes().keySet();
    }
}
