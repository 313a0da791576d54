package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Cancellation;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.goroutine.Goroutines;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Tests custom contexts as parents.
@SuppressWarnings("LostCancel")
class CustomTest {

    private static final Duration LONG = Duration.ofHours(1000);

    private final CancelContext root = Context.background().withCancel();
    private final RuntimeException cause = new IllegalStateException("cause");

    @Test
    @Pins("CX-07")
    void childEndsWithTheDoneChannelOfItsParent() { // TestCustomContextPropagation
        OwnDone custom = new OwnDone(root);
        CancelContext child = custom.withCancel();
        root.cancel(cause);
        Expect.live(child);
        custom.end();
        assertThat(child.done().recvOk()).isInstanceOf(Closed.class);
        Expect.canceled(child);
        assertThat(child.cause()).isSameAs(cause);
    }

    @Test
    @Pins("CX-07")
    void childCanBeCancelledAlone() { // TestCustomContextCause
        OwnDone custom = new OwnDone(Context.background());
        CancelContext child = custom.withCancel();
        child.cancel(cause);
        Expect.canceled(child);
        Expect.live(custom);
        custom.end();
        Expect.canceled(custom);
        assertThat(custom.cause()).isInstanceOf(CanceledException.class);
        assertThat(child.cause()).isSameAs(cause);
    }

    @Test
    @Pins({"CX-04", "CX-07"})
    void childrenOfADoneContextAreDone() {
        OwnDone custom = new OwnDone(Context.background());
        custom.end();
        Expect.canceled(custom.withCancel());
        Expect.canceled(custom.withTimeout(LONG));
    }

    /// A parent with a done channel of its own needs one goroutine. A parent that uses the done channel of a context of Gofer
    /// needs none.
    @Test
    @Pins({"CX-07", "CX-12"})
    void goroutineWatchesOnlyAParentWithItsOwnDone() { // TestCustomContextGoroutines
        expectStarts(1, () -> new OwnDone(Context.background()).withCancel().cancel());
        expectStarts(1, () -> new OwnDone(Context.background()).withTimeout(LONG).cancel());
        expectStarts(1, () -> new OwnDone(new Wrapper(root)).withCancel().cancel());
        expectStarts(
                0,
                () -> {
                    CancelContext below = new Wrapper(root).withCancel();
                    CancelContext further = below.withTimeout(LONG).withCancel();
                    var _ =
                            new Wrapper(new Wrapper(root.withValue("k", 1)).withTimeout(LONG))
                                    .afterFunc(() -> {})
                                    .stop();
                    new Wrapper(Context.background()).withCancel().cancel();
                    new Wrapper(root.withoutCancel()).withCancel().cancel();
                    root.cancel();
                    Expect.canceled(below);
                    Expect.canceled(further);
                    Expect.canceled(new Wrapper(further).withCancel());
                });
        Eventually.that(
                "the watching goroutines have ended", () -> Goroutines.all().stream().noneMatch(CustomTest::watches));
    }

    /// Counts the starts by the ids of goroutines, which increase with each start.
    private static void expectStarts(int n, Runnable action) {
        long before = Go.go(() -> {}).id();
        action.run();
        assertThat(Go.go(() -> {}).id() - before - 1).isEqualTo(n);
    }

    private static boolean watches(Goroutine g) {
        return Arrays.stream(g.thread().getStackTrace())
                .anyMatch(frame -> frame.getClassName().startsWith("gofer.context.DoneWatcher"));
    }

    @Test
    @Pins("CX-07")
    void afterFuncOfTheParentIsUsed() { // TestCustomContextAfterFuncCancel, ...Timeout
        OwnHooks custom = new OwnHooks();
        CancelContext child = custom.withCancel();
        CancelContext timed = custom.withTimeout(LONG);
        assertThat(custom.hooks()).isEqualTo(2);
        custom.end();
        var _ = child.done().recvOk();
        var _ = timed.done().recvOk();
        Expect.canceled(child);
        Expect.canceled(timed);
    }

    @Test
    @Pins({"CX-07", "CX-12"})
    void cancelledChildIsRemoved() { // TestCustomContextAfterFuncUnregisterCancel, ...Timeout, ...AfterFunc
        OwnHooks custom = new OwnHooks();
        CancelContext child = custom.withCancel();
        CancelContext timed = custom.withTimeout(LONG);
        CancelContext expired = custom.withTimeout(Duration.ZERO);
        Cancellation.Registration hook = custom.withValue("k", 1).afterFunc(() -> {});
        assertThat(custom.hooks()).isEqualTo(3);
        child.cancel();
        timed.cancel();
        assertThat(hook.stop()).isTrue();
        assertThat(custom.hooks()).isZero();
        Expect.done(expired, DeadlineExceededException.class);
    }

    @Test
    @Pins("CX-07")
    void afterFuncWaitsForIt() { // TestCustomContextAfterFuncAfterFunc
        for (Context custom : new Context[] {new OwnHooks(), new OwnDone(Context.background()), new Wrapper(root)}) {
            Chan<Integer> ran = Chan.make();
            var _ = custom.afterFunc(() -> ran.send(1));
            switch (custom) {
                case OwnHooks hooks -> hooks.end();
                case OwnDone own -> own.end();
                default -> root.cancel();
            }
            assertThat(ran.recv()).isEqualTo(1);
        }
    }

    @Test
    @Pins("CX-07")
    void customContextEndsAWait() {
        for (Context custom : new Context[] {new OwnHooks(), new OwnDone(root)}) {
            Chan<Integer> silent = Chan.make();
            try (var crew = new Crew()) {
                Goroutine waiting =
                        crew.go(() ->
                                assertThatThrownBy(() -> silent.recv(custom)).isInstanceOf(CanceledException.class));
                Eventually.blocked(waiting, WaitReason.CHAN_RECEIVE);
                switch (custom) {
                    case OwnHooks hooks -> hooks.end();
                    case OwnDone own -> own.end();
                    default -> throw new AssertionError(custom);
                }
            }
        }
    }
}
