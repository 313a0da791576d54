package gofer.testing;

import static gofer.Go.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.context.DeadlineExceededException;
import gofer.group.ErrGroup;
import gofer.group.Failure;
import gofer.group.FirstResult;
import gofer.group.Outcome;
import gofer.group.ResultGroup;
import gofer.group.Success;
import gofer.sync.WaitGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The possible outcomes of small programs with groups that have results, over all schedules; and their timeouts.
class ResultOutcomesTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private static String text(Outcome<Integer> outcome) {
        return switch (outcome) {
            case Success(Integer value) -> value.toString();
            case Failure(ContextException _) -> "cancelled";
            case Failure(Throwable thrown) -> String.valueOf(thrown.getMessage());
        };
    }

    @Test
    void resultsAreInOrderInAllSchedules() {
        OutcomesTest.yields(
                () -> {
                    var group = ResultGroup.<Integer>withContext(Context.background());
                    group.go(_ -> 1);
                    group.go(_ -> 2);
                    return group.await().toString();
                },
                "[1, 2]");
    }

    /// The second task may start before or after the failure of the first.
    @Test
    void taskAfterAFailureRunsOrNot() {
        OutcomesTest.yields(
                () -> {
                    var group = ResultGroup.<Integer>withContext(Context.background());
                    group.go(_ -> {
                        throw new IOException("disk");
                    });
                    group.go(_ -> 2);
                    assertThatThrownBy(group::await).hasMessage("disk");
                    return group.awaitOutcomes().stream()
                            .map(ResultOutcomesTest::text)
                            .collect(Collectors.joining(" "));
                },
                "disk 2",
                "disk cancelled");
    }

    @Test
    void firstOfTwoResultsWins() {
        OutcomesTest.yields(
                () -> {
                    var group = FirstResult.<Integer>withContext(Context.background());
                    group.go(_ -> 1);
                    group.go(_ -> 2);
                    return group.await().toString();
                },
                "1",
                "2");
    }

    @Test
    void onlyResultWinsInAllSchedules() {
        OutcomesTest.yields(
                () -> {
                    var group = FirstResult.<Integer>withContext(Context.background());
                    group.go(ctx -> Chan.<Integer>never().recv(ctx));
                    group.go(_ -> 2);
                    int result = group.await();
                    return result + " " + group.failures().size();
                },
                "2 1");
    }

    /// The third start waits for a slot and gives up, or gets one first.
    @Test
    void startUnderALimitIsCancelledOrNot() {
        OutcomesTest.yields(
                () -> {
                    var group = new ErrGroup().limit(1);
                    var ctx = Context.background().withCancel();
                    boolean[] ran = {false};
                    var wg = new WaitGroup();
                    wg.go(ctx::cancel);
                    group.go(() -> {});
                    String start = "started";
                    try {
                        group.go(ctx, () -> ran[0] = true);
                    } catch (ContextException cancelled) {
                        start = "cancelled";
                    }
                    group.await();
                    wg.await();
                    assertThat(group.tryGo(() -> {})).as("the slot is free").isTrue();
                    group.await();
                    return start + " " + ran[0];
                },
                "started true",
                "cancelled false");
    }

    /// Another goroutine waits for the group while a start waits for its slot.
    @Test
    void awaitIncludesAStartThatWaits() {
        OutcomesTest.yields(
                () -> {
                    var wg = new WaitGroup().limit(1);
                    int[] ended = {0};
                    wg.go(() -> ended[0]++);
                    wg.go(() -> ended[0]++);
                    wg.await();
                    return ended[0] + " " + wg;
                },
                "2 wait group (0)");
    }

    @Test
    void timeoutOfTheParentEndsTheGroups() throws Exception {
        Bubble.run(() -> {
            try (var ctx = Context.background().withTimeout(HOUR)) {
                var group = ResultGroup.<Integer>withContext(ctx).limit(1);
                group.go(_ -> 1);
                group.go(own -> Chan.<Integer>never().recv(own));
                group.go(_ -> 3); // waits for its slot until the timeout
                assertThat(group.awaitOutcomes()).first().isEqualTo(new Success<>(1));
                assertThatThrownBy(group::await).isInstanceOf(DeadlineExceededException.class);
                var first = FirstResult.<Integer>withContext(ctx);
                first.go(_ -> 1);
                assertThatThrownBy(first::await).isInstanceOf(DeadlineExceededException.class);
            }
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T01:00:00Z");
        });
    }

    @Test
    void limitOfAnOutsideGroupDoesNotStopTheClock() throws Exception {
        var group = new ResultGroup<Integer>().limit(1);
        Bubble.run(() -> {
            for (int i = 0; i < 3; i++) {
                group.go(_ -> {
                    Bubble.sleep(HOUR);
                    return 1;
                });
            }
            assertThat(group.await()).containsExactly(1, 1, 1);
            assertThat(after(Duration.ZERO).recv()).isEqualTo("2000-01-01T03:00:00Z");
        });
    }
}
