package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.conformance.bubble.Outside.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.goroutine.FatalError;
import gofer.goroutine.Goroutine;
import gofer.testing.Bubble;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Tests contexts made outside and used in a bubble. They follow the real clock, and their end reaches contexts made inside.
class OutsideContextTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final CancelContext outer = Context.background().withCancel();

    @Test
    void firstCallOfDoneDoesNotChangeTheOwner() throws Exception {
        Bubble.run(() -> {
            var _ = outer.done();
        });
        assertThatCode(outer::cancel).doesNotThrowAnyException();
        assertThat(outer.done().recvOk()).isInstanceOf(Closed.class);
    }

    @Test
    void endReachesAWaiterInside() throws Exception {
        Outside.whenTheBubbleWaits(outer::cancel);
        Bubble.run(() -> assertThat(select(outer.done(), after(HOUR))).isInstanceOf(First.class));
    }

    @Test
    void deadlineEndsAWaitForAnInsideObject() throws Exception {
        try (var ctx = Context.background().withTimeout(MOMENT)) {
            Bubble.run(() -> {
                Chan<Integer> never = Chan.make();
                assertThatThrownBy(() -> never.recv(ctx)).isInstanceOf(DeadlineExceededException.class);
            });
        }
    }

    @Test
    void waitWithAnOutsideContextDoesNotStopTheClock() throws Exception {
        try (var ctx = Context.background().withTimeout(HOUR)) {
            Bubble.run(() -> {
                Instant start = after(Duration.ZERO).recv();
                assertThat(after(HOUR).recv(ctx)).isEqualTo(start.plus(HOUR));
            });
        }
    }

    @Test
    void insideChildEndsWithItsParent() throws Exception {
        Outside.whenTheBubbleWaits(() -> outer.cancel(new IllegalStateException("enough")));
        Bubble.run(() -> {
            try (var child = outer.withCancel()) {
                Chan<Integer> never = Chan.make();
                go(() -> assertThatThrownBy(() -> never.recv(child)).hasMessage("enough"));
                go(() -> assertThat(child.done().recvOk()).isInstanceOf(Closed.class));
                var _ = select(child.done(), never);
                assertThat(child.cause()).hasMessage("enough");
            }
        });
        assertThat(outer.isDone()).isTrue();
    }

    @Test
    void insideChildHasAVirtualDeadline() throws Exception {
        try (var ctx = Context.background().withTimeout(HOUR)) {
            Bubble.run(() -> {
                Instant start = after(Duration.ZERO).recv();
                try (var sooner = ctx.withTimeout(Duration.ofDays(3))) {
                    assertThat(sooner.deadline()).contains(start.plus(Duration.ofDays(3)));
                    var _ = sooner.done().recvOk();
                    assertThat(sooner.err()).isInstanceOf(DeadlineExceededException.class);
                    assertThat(after(Duration.ZERO).recv()).isEqualTo(start.plus(Duration.ofDays(3)));
                }
                try (var farAway = ctx.withDeadline(Instant.parse("2100-01-01T00:00:00Z"))) {
                    var _ = farAway.done().recvOk();
                    assertThat(after(Duration.ZERO).recv()).isEqualTo("2100-01-01T00:00:00Z");
                }
            });
            assertThat(ctx.isDone()).isFalse();
        }
    }

    @Test
    void deadlineOfAnOutsideParentIsInRealTime() throws Exception {
        try (var ctx = Context.background().withTimeout(MOMENT)) {
            Bubble.run(() -> {
                try (var child = ctx.withValue("key", "value").withCancel()) {
                    assertThat(child.deadline()).isEqualTo(ctx.deadline());
                    var _ = child.done().recvOk();
                    assertThat(child.err()).isInstanceOf(DeadlineExceededException.class);
                }
            });
        }
    }

    @Test
    void endRunsAnInsideFunctionInside() throws Exception {
        Outside.whenTheBubbleWaits(outer::cancel);
        Bubble.run(() -> {
            Chan<Instant> ran = Chan.make();
            outer.afterFunc(() -> ran.send(after(Duration.ZERO).recv()));
            assertThat(ran.recv()).isEqualTo("2000-01-01T00:00:00Z");
        });
    }

    @Test
    void endRunsAnOutsideFunctionOutside() throws Exception {
        Chan<Instant> ran = Chan.make(1);
        outer.afterFunc(() -> ran.send(after(Duration.ZERO).recv()));
        Instant before = Instant.now();
        Bubble.run(() -> {
            outer.cancel();
            assertThat(outer.isDone()).isTrue();
        });
        assertThat(ran.recv()).isAfterOrEqualTo(before);
    }

    @Test
    void functionOfAFinishedBubbleDoesNotRun() throws Exception {
        boolean[] ran = {false};
        Bubble.run(() -> {
            outer.afterFunc(() -> ran[0] = true);
        });
        assertThatCode(outer::cancel).doesNotThrowAnyException();
        assertThat(ran[0]).isFalse();
    }

    @Test
    void bubbleDoesNotWaitForAStoppedFunction() {
        assertThatThrownBy(() ->
                        Bubble.run(() -> {
                            assertThat(outer.afterFunc(() -> {}).stop()).isTrue();
                            Chan.make().recv();
                        }))
                .hasMessageContaining("deadlock: all goroutines in bubble are blocked");
    }

    @Test
    void childrenOfTwoBubblesEndTogether() throws Exception {
        Chan<Integer> waits = Chan.make(1);
        Goroutine other =
                go(() ->
                        Bubble.run(() -> {
                            var child = outer.withCancel();
                            waits.send(1);
                            var _ = child.done().recvOk();
                            assertThat(child.err()).isInstanceOf(CanceledException.class);
                        }));
        Bubble.run(() -> {
            var child = outer.withTimeout(HOUR);
            waits.recv();
            outer.cancel();
            assertThat(child.isDone()).isTrue();
        });
        other.thread().join();
    }

    @Test
    void customContextHasTheOwnerOfItsChannel() throws Exception {
        Chan<Void> done = Chan.make();
        Context own = new OwnChannel(done);
        Outside.whenTheBubbleWaits(done::close);
        Bubble.run(() -> {
            Instant start = after(Duration.ZERO).recv();
            Chan<Integer> never = Chan.make();
            assertThat(after(HOUR).recv(own)).as("does not stop the clock").isEqualTo(start.plus(HOUR));
            assertThatThrownBy(() -> never.recv(own)).isInstanceOf(CanceledException.class);
        });
        assertThatThrownBy(() -> Bubble.run(() -> Chan.make().recv(new OwnChannel(Chan.make()))))
                .hasMessageContaining("deadlock: all goroutines in bubble are blocked");
    }

    @Test
    void contextOfTheBubbleIsRefusedOutside() throws Exception {
        Bubble.run(() -> {
            CancelContext ctx = Context.background().withTimeout(HOUR);
            String refusal = "context of a bubble is used outside of it";
            for (Throwable thrown :
                    new @Nullable Throwable[] {
                        Outside.call(ctx::cancel),
                        Outside.call(ctx::close),
                        Outside.call(() -> ctx.cancel(new Exception())),
                        Outside.call(() -> use(ctx.withCancel())),
                        Outside.call(() -> use(ctx.withValue("key", "value").withCancel())),
                        Outside.call(() -> ctx.afterFunc(() -> {})),
                        Outside.call(() -> outerChan().recv(ctx))
                    }) {
                assertThat(thrown).isInstanceOf(FatalError.class).hasMessage(refusal);
            }
            assertThat(Outside.call(() -> ctx.done().recvOk()))
                    .isInstanceOf(FatalError.class)
                    .hasMessageStartingWith("channel of a bubble is used outside of it");
            assertThat(Outside.call(() -> assertThat(ctx.isDone()).isFalse())).isNull();
            assertThat(Outside.call(() -> assertThat(ctx.toString()).contains("[PT1H]"))).isNull();
            assertThat(ctx.isDone()).isFalse();
            Bubble.sleep(HOUR);
            assertThat(ctx.isDone()).isTrue();
        });
    }

    private static Chan<Integer> outerChan() {
        return Chan.make();
    }

    @Test
    void contextOfABubbleIsRefusedInAnotherBubble() throws Exception {
        var leaked = new AtomicReference<CancelContext>();
        Bubble.run(() -> leaked.set(Context.background().withCancel()));
        Bubble.run(() ->
                assertThatThrownBy(() -> leaked.get().cancel())
                        .isInstanceOf(FatalError.class)
                        .hasMessage("context of a bubble is used outside of it"));
    }

    @Test
    void stateCanBeReadInside() throws Exception {
        outer.cancel(new IllegalStateException("enough"));
        Context ctx = outer.withValue("key", "value");
        Bubble.run(() -> {
            assertThat(ctx.err()).isInstanceOf(CanceledException.class);
            assertThat(ctx.cause()).hasMessage("enough");
            assertThat(ctx.value("key")).isEqualTo("value");
            assertThat(ctx.done().tryRecv()).isInstanceOf(Closed.class);
            assertThat(select(ctx.done(), after(HOUR))).isNotInstanceOf(Second.class);
            assertThat(after(HOUR).recvOk(ctx.withoutCancel())).isInstanceOf(Value.class);
        });
    }

    /// The virtual clock stands still while a goroutine waits for something outside.
    @Test
    void childWithItsOwnDeadlineEndsWithItsParent() throws Exception {
        Chan<Integer> end = Chan.make();
        Outside.whenTheBubbleWaits(() -> {
            outer.cancel();
            end.send(1);
        });
        Bubble.run(() -> {
            CancelContext child = outer.withTimeout(HOUR);
            CancelContext below = child.withTimeout(HOUR.dividedBy(2));
            end.recv();
            assertThat(below.err()).isInstanceOf(CanceledException.class);
            assertThat(child.err()).isInstanceOf(CanceledException.class);
            assertThat(after(HOUR).recv()).isEqualTo("2000-01-01T01:00:00Z");
        });
    }

    @Test
    @SuppressWarnings("LostCancel")
    void registrationIsRefusedWhereItsContextIsRefused() throws Exception {
        Bubble.run(() -> {
            var inside = Context.background().withCancel().afterFunc(() -> {});
            assertThat(Outside.call(inside::stop))
                    .isInstanceOf(FatalError.class)
                    .hasMessage("context of a bubble is used outside of it");
            assertThat(inside.stop()).isTrue();
            var onOuter = outer.afterFunc(() -> {});
            assertThat(Outside.call(() -> assertThat(onOuter.stop()).isTrue())).isNull();
        });
    }
}
