package gofer.runtime.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The edges of timers, contexts and groups.
class HappensBeforeOfContextsTest {

    private final VectorClocks clocks = new VectorClocks();
    private final CancelContext context = Context.background().withCancel();

    @AfterEach
    void close() {
        clocks.close();
    }

    /// A function that Gofer starts, and that reports what it sees of an event.
    private final class Seen extends CompletableFuture<Boolean> implements Body, Runnable {

        private final String event;

        Seen(String event) {
            this.event = event;
        }

        @Override
        public void run() {
            complete(clocks.sees(event));
        }
    }

    @Test
    void makingTimerOrdersItsFunction() {
        clocks.mark("made");
        Seen function = new Seen("made");
        Alarm.func(Duration.ZERO, function);
        assertThat(function.join()).isTrue();
    }

    @Test
    void resettingTimerOrdersItsFunction() {
        Seen function = new Seen("reset");
        Alarm alarm = Alarm.func(Duration.ofDays(1), function);
        clocks.run(
                "other",
                () -> {
                    clocks.mark("reset");
                    assertThat(alarm.reset(Duration.ZERO)).isTrue();
                });
        assertThat(function.join()).isTrue();
        assertThat(clocks.sees("reset")).isFalse();
    }

    @Test
    void eventAfterTheResetIsNotOrdered() {
        CountDownLatch marked = new CountDownLatch(1);
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        Alarm.func(
                Duration.ZERO,
                () -> {
                    marked.await();
                    seen.complete(clocks.sees("after"));
                });
        clocks.mark("after");
        marked.countDown();
        assertThat(seen.join()).isFalse();
    }

    private void assertSeesTheCancellation(Predicate<Context> look) {
        Context child = context.withValue("key", "value").withCancel().withValue("key", "other value");
        clocks.run(
                "early",
                () -> {
                    assertThat(look.test(context)).isFalse();
                    assertThat(look.test(child)).isFalse();
                });
        clocks.mark("before");
        context.cancel(new IllegalStateException("over"));
        clocks.mark("after");
        for (Context each : new Context[] {context, child}) {
            clocks.run(
                    "looking",
                    () -> {
                        assertThat(look.test(each)).isTrue();
                        assertThat(clocks.sees("before")).isTrue();
                        assertThat(clocks.sees("after")).isFalse();
                        assertThat(clocks.sees("early")).isFalse();
                    });
        }
        assertThat(clocks.sees("looking")).isFalse();
    }

    @Test
    void cancellationOrdersErr() {
        assertSeesTheCancellation(c -> c.err() != null);
    }

    @Test
    void cancellationOrdersCause() {
        assertSeesTheCancellation(c -> c.cause() != null);
    }

    @Test
    void cancellationOrdersIsDone() {
        assertSeesTheCancellation(Context::isDone);
    }

    @Test
    void cancellationOrdersReceiveFromDone() {
        RecvChan<Void> done = context.done();
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            var _ = done.recvOk();
                            assertThat(clocks.sees("before")).isTrue();
                        });
        Eventually.blocked(waiting, WaitReason.CHAN_RECEIVE);
        clocks.mark("before");
        context.cancel();
        clocks.run(
                "late",
                () -> {
                    var _ = done.recvOk();
                    assertThat(clocks.sees("before")).isTrue();
                });
    }

    @Test
    void cancellationOrdersReceiveFromDoneThatWasMadeLater() {
        clocks.mark("before");
        context.cancel();
        clocks.run(
                "late",
                () -> {
                    var _ = context.done().recvOk();
                    assertThat(clocks.sees("before")).isTrue();
                });
    }

    @Test
    void contextThatIsNotDoneOrdersNothing() {
        clocks.mark("made");
        Context child = context.withCancel();
        clocks.run(
                "looking",
                () -> {
                    assertThat(child.isDone()).isFalse();
                    assertThat(child.err()).isNull();
                    assertThat(child.cause()).isNull();
                    assertThat(child.done().tryRecv()).isNotNull();
                    assertThat(clocks.sees("made")).isFalse();
                });
    }

    @Test
    void cancellationOrdersTheWaitThatItEnds() {
        Chan<Integer> chan = Chan.make();
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            assertThatThrownBy(() -> chan.recv(context)).isInstanceOf(CanceledException.class);
                            assertThat(clocks.sees("before")).isTrue();
                        });
        Eventually.blocked(waiting, WaitReason.CHAN_RECEIVE);
        clocks.mark("before");
        context.cancel();
        clocks.run(
                "late",
                () -> {
                    assertThatThrownBy(() -> chan.send(context, 1)).isInstanceOf(CanceledException.class);
                    assertThat(clocks.sees("before")).isTrue();
                });
        assertThat(clocks.sees("waiting")).isFalse();
    }

    @Test
    void cancellationAndRegistrationOrderAfterFunc() {
        Seen first = new Seen("registration");
        Seen second = new Seen("cancellation");
        clocks.mark("registration");
        context.afterFunc(first);
        context.afterFunc(second);
        clocks.run(
                "other",
                () -> {
                    clocks.mark("cancellation");
                    context.cancel();
                });
        assertThat(first.join()).isTrue();
        assertThat(second.join()).isTrue();
        clocks.run(
                "late",
                () -> {
                    Seen late = new Seen("cancellation");
                    context.afterFunc(late);
                    assertThat(late.join()).isTrue();
                });
        assertThat(clocks.sees("cancellation")).isFalse();
    }

    @Test
    void childOfEndedContextIsOrderedAfterTheEnd() {
        clocks.mark("before");
        context.cancel();
        CompletableFuture<CancelContext> made = new CompletableFuture<>();
        clocks.run("maker", () -> made.complete(context.withCancel()));
        clocks.run(
                "looking",
                () -> {
                    assertThat(made.join().isDone()).isTrue();
                    assertThat(clocks.sees("before")).isTrue();
                });
    }

    @Test
    void endOfBodiesOrdersAwaitOfGroup() throws Exception {
        ErrGroup group = new ErrGroup().limit(1);
        group.go(() -> clocks.mark("first"));
        group.go(() -> {
            clocks.mark("second");
            throw new IllegalArgumentException("a failure");
        });
        assertThat(clocks.sees("first")).isTrue(); // because of the limit
        assertThatThrownBy(group::await).isInstanceOf(IllegalArgumentException.class);
        assertThat(clocks.sees("second")).isTrue();
    }

    @Test
    void endOfSharedWorkOrdersItsCalls() throws Exception {
        SingleFlight<String, Integer> flights = new SingleFlight<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch shared = new CountDownLatch(1);
        clocks.go(
                "working",
                () -> {
                    flights.run(
                            "key",
                            () -> {
                                begun.countDown();
                                shared.await();
                                clocks.mark("work");
                                return 1;
                            });
                    clocks.mark("after");
                });
        begun.await();
        Goroutine waiting =
                clocks.go(
                        "waiting",
                        () -> {
                            assertThat(flights.run("key", () -> 2).get()).isEqualTo(1);
                            assertThat(clocks.sees("work")).isTrue();
                        });
        Eventually.blocked(waiting, WaitReason.CHAN_RECEIVE);
        RecvChan<SingleFlight.Result<Integer>> result = flights.runChan("key", () -> 3);
        shared.countDown();
        assertThat(result.recv().get()).isEqualTo(1);
        assertThat(clocks.sees("work")).isTrue();
        assertThat(clocks.sees("after")).isFalse();
    }
}
