package gofer.testing;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The possible outcomes of small programs with contexts, over all schedules.
class ContextOutcomesTest {

    @Test
    void doneContextStaysDone() {
        OutcomesTest.yields(
                () -> {
                    var ctx = Context.background().withCancel();
                    var wg = new WaitGroup();
                    wg.go(ctx::cancel);
                    String seen = (ctx.err() == null ? "live" : "done") + (ctx.err() == null ? " live" : " done");
                    wg.await();
                    return seen;
                },
                "live live",
                "live done",
                "done done");
    }

    @Test
    void firstCancelSetsTheCause() {
        OutcomesTest.yields(
                () -> {
                    var parent = Context.background().withCancel();
                    var child = parent.withCancel();
                    var wg = new WaitGroup();
                    wg.go(() -> parent.cancel(new IllegalStateException("above")));
                    wg.go(() -> child.cancel(new IllegalStateException("here")));
                    wg.await();
                    return Objects.requireNonNull(parent.cause()).getMessage()
                            + " "
                            + Objects.requireNonNull(child.cause()).getMessage();
                },
                "above above",
                "above here");
    }

    @Test
    void deadlineOrEarlierCancelEndsTheContext() {
        OutcomesTest.yields(
                () -> {
                    var ctx = Context.background().withTimeout(Duration.ofSeconds(1));
                    var wg = new WaitGroup();
                    wg.go(ctx::cancel);
                    ctx.done().recvOk();
                    String err = Objects.requireNonNull(ctx.err()).getClass().getSimpleName();
                    wg.await();
                    return err;
                },
                "CanceledException",
                "DeadlineExceededException");
    }

    @Test
    void afterFuncIsStoppedOrRuns() {
        OutcomesTest.yields(
                () -> {
                    var ctx = Context.background().withCancel();
                    Chan<String> ran = Chan.make(1);
                    var registration = ctx.afterFunc(() -> ran.send("ran"));
                    var wg = new WaitGroup();
                    wg.go(ctx::cancel);
                    String what = registration.stop() ? "stopped" : ran.recv();
                    wg.await();
                    return what + " " + ran.len();
                },
                "stopped 0",
                "ran 0");
    }

    @Test
    void childCreatedDuringCancelEndsToo() {
        OutcomesTest.yields(
                () -> {
                    var parent = Context.background().withCancel();
                    go(parent::cancel);
                    var child = parent.withCancel();
                    boolean early = child.err() != null;
                    child.done().recvOk();
                    return early + " " + (parent.err() != null);
                },
                "true true",
                "false true");
    }

    /// The context orders receives that are otherwise independent.
    @Test
    void cancelComesBeforeBetweenOrAfterReceives() {
        OutcomesTest.yields(
                () -> {
                    var ctx = Context.background().withCancel();
                    int[] got = {0};
                    var wg = new WaitGroup();
                    for (int i = 0; i < 2; i++) {
                        Chan<Integer> numbers = Chan.make(1);
                        numbers.send(1);
                        wg.go(() -> {
                            try {
                                got[0] += numbers.recv(ctx);
                            } catch (ContextException cancelled) {
                                assertThat(numbers.len()).isEqualTo(1);
                            }
                        });
                    }
                    wg.go(ctx::cancel);
                    wg.await();
                    return String.valueOf(got[0]);
                },
                "0",
                "1",
                "2");
    }
}
