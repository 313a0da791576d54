package gofer.testing;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.sync.Mutex;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tests of goroutines that wait by polling.
class PollingDetectorTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource
    void othersGetTheirTurn(Strategy strategy) {
        check(
                strategy,
                () -> {
                    var ctx = Context.background().withCancel();
                    go(ctx::cancel);
                    while (!ctx.isDone()) {
                        // polls
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void timePasses(Strategy strategy) {
        check(
                strategy,
                () -> {
                    try (var ctx = Context.background().withTimeout(HOUR)) {
                        while (ctx.err() == null) {
                            // polls
                        }
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void timePassesForGoroutinesThatPollInTurns(Strategy strategy) {
        check(
                strategy,
                () -> {
                    Chan<Integer> numbers = Chan.make(1);
                    var lock = new Mutex();
                    lock.lock();
                    go(() -> {
                        sleep(HOUR);
                        numbers.send(1);
                        lock.unlock();
                    });
                    go(() -> {
                        while (!lock.tryLock()) {
                            gosched();
                        }
                    });
                    while (numbers.tryRecv() instanceof Empty) {
                        gosched();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("LockLeak")
    void pollingWithoutAnyEventIsEndless(Strategy strategy) {
        Exploration result =
                Explore.schedules(1)
                        .strategy(strategy)
                        .search(() -> {
                            var never = new Mutex();
                            never.lock();
                            while (!never.tryLock()) {
                                // polls
                            }
                        });
        assertThat(result.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .startsWith("still running after ");
    }

    /// Time does not pass while a goroutine works, even if it works for long.
    @ParameterizedTest
    @EnumSource
    void workIsNotPolling(Strategy strategy) {
        check(
                strategy,
                () -> {
                    var late = new AtomicBoolean();
                    go(() -> {
                        sleep(HOUR);
                        late.set(true);
                    });
                    Chan<Integer> numbers = Chan.make(1);
                    for (int i = 0; i < 3000; i++) {
                        numbers.send(i);
                        assertThat(numbers.recv()).isEqualTo(i);
                    }
                    assertThat(late).isFalse();
                });
    }

    /// Polls often, but time passes only by its own sleeps.
    @ParameterizedTest
    @EnumSource
    void occasionalPollingIsNotWaiting(Strategy strategy) {
        check(
                strategy,
                () -> {
                    try (var ctx = Context.background().withTimeout(HOUR)) {
                        for (int i = 0; i < 1500; i++) {
                            sleep(Duration.ofMillis(1));
                            assertThat(ctx.err()).isNull();
                        }
                        for (int i = 0; i < 5000; i++) {
                            assertThat(ctx.err()).isNull();
                        }
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void triedOperationMaySucceed(Strategy strategy) {
        check(
                strategy,
                () -> {
                    var late = new AtomicBoolean();
                    afterFunc(HOUR, () -> late.set(true));
                    Chan<Integer> numbers = Chan.make(3000);
                    for (int i = 0; i < 3000; i++) {
                        assertThat(numbers.trySend(i)).isTrue();
                    }
                    assertThat(late).isFalse();
                });
    }

    /// A schedule that reaches a low limit of steps is not a fault.
    @Test
    void abandonedScheduleIsNotAFault() {
        Exploration result =
                Explore.schedules(3)
                        .steps(1000)
                        .search(() -> {
                            while (true) {
                                sleep(HOUR);
                            }
                        });
        assertThat(result.faults()).isEmpty();
        assertThat(result.notes()).containsExactly("a schedule was abandoned after 1000 steps: it may or may not end");
    }

    @ParameterizedTest
    @EnumSource
    void loopOfSleepsIsEndless(Strategy strategy) {
        Exploration result =
                Explore.schedules(1)
                        .strategy(strategy)
                        .search(() -> {
                            while (true) {
                                sleep(HOUR);
                            }
                        });
        assertThat(result.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .matches("still running after \\d+ steps, although every goroutine gets its turns");
    }

    private static void check(Strategy strategy, Body body) {
        Exploration result = Explore.schedules(20).strategy(strategy).search(body);
        assertThat(result.faults()).isEmpty();
    }
}
