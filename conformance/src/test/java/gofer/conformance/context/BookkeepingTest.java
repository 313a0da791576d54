package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import gofer.context.Internals;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tests which references a context keeps, and how much memory it takes.
class BookkeepingTest {

    private static final Duration LONG = Duration.ofHours(1000);

    private final CancelContext parent = Context.background().withCancel();

    @Test
    @Pins("CX-12")
    @SuppressWarnings("LostCancel")
    void parentKnowsItsChildrenUntilItEnds() { // TestParentFinishesChild
        CancelContext child = parent.withCancel();
        CancelContext timed = parent.withValue("k", 1).withTimeout(LONG);
        CancelContext wrapped = new Wrapper(parent).withCancel();
        var hook = parent.afterFunc(() -> {});
        assertThat(Internals.dependents(parent)).isEqualTo(4);
        parent.cancel();
        assertThat(Internals.dependents(parent)).isZero();
        Expect.canceled(child);
        Expect.canceled(timed);
        Expect.canceled(wrapped);
        assertThat(hook.stop()).isFalse();
        var _ = parent.withCancel();
        assertThat(Internals.dependents(parent)).isZero();
    }

    @Test
    @Pins("CX-12")
    void childThatEndsFirstIsRemoved() { // TestChildFinishesFirst, TestCancelRemoves
        CancelContext child = parent.withCancel();
        assertThat(Internals.dependents(parent)).isEqualTo(1);
        child.cancel();
        assertThat(Internals.dependents(parent)).isZero();
        Expect.live(parent);

        CancelContext timed = parent.withTimeout(LONG);
        assertThat(Internals.dependents(parent)).isEqualTo(1);
        timed.cancel();
        assertThat(Internals.dependents(parent)).isZero();

        CancelContext expiring = parent.withTimeout(Duration.ofMillis(1));
        var _ = expiring.done().recvOk();
        Eventually.that("it has left", () -> Internals.dependents(parent) == 0);
        var _ = parent.withTimeout(Duration.ZERO);
        assertThat(Internals.dependents(parent)).isZero();

        var hook = parent.afterFunc(() -> {});
        assertThat(Internals.dependents(parent)).isEqualTo(1);
        assertThat(hook.stop()).isTrue();
        assertThat(Internals.dependents(parent)).isZero();
    }

    @Test
    @Pins("CX-12")
    void waitLeavesNothingBehind() {
        Chan<Integer> chan = Chan.make();
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> {
                        for (int i = 0; i < 100; i++) {
                            chan.recv(parent);
                        }
                    });
            for (int i = 0; i < 100; i++) {
                Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
                assertThat(Internals.dependents(parent)).isEqualTo(1);
                chan.send(i);
            }
        }
        assertThat(Internals.dependents(parent)).isZero();
    }

    @Test
    @Pins("CX-15")
    void doneChannelIsCreatedOnDemand() {
        CancelContext child = parent.withCancel();
        child.withValue("k", 1).withTimeout(LONG).cancel();
        assertThat(Internals.hasDone(child)).isFalse();
        assertThat(Internals.hasDone(parent)).isFalse();
        RecvChan<Void> done = child.done();
        assertThat(Internals.hasDone(child)).isTrue();
        assertThat(child.done()).isSameAs(done);
        parent.cancel();
        assertThat(child.done()).isSameAs(done);
        assertThat(Internals.hasDone(parent)).isFalse();
        Expect.canceled(parent);
        assertThat(parent.done()).isSameAs(parent.done());
    }

    /// Go counts objects, this test counts bytes. An exception with a stack trace alone would exceed the limit.
    @Test
    @Pins("CX-14")
    void contextIsSmall() { // TestAllocs
        Context background = Context.background();
        assertThat(
                        bytes(() -> {
                            var _ = Context.background();
                        }))
                .isZero();
        assertThat(bytes(() -> assertThatValue(background.withValue("k", "v")))).isLessThanOrEqualTo(48);
        assertThat(bytes(() -> background.withCancel().cancel())).isLessThanOrEqualTo(250);
        assertThat(bytes(() -> parent.withCancel().close())).isLessThanOrEqualTo(300);
        assertThat(
                        bytes(() -> {
                            CancelContext context = background.withCancel();
                            context.cancel();
                            var _ = context.done().tryRecv();
                        }))
                .isLessThanOrEqualTo(450);
        assertThat(bytes(() -> background.withTimeout(LONG).close())).isLessThanOrEqualTo(550);
        assertThat(
                        bytes(() -> {
                            var _ = background.withTimeout(Duration.ZERO);
                        }))
                .isLessThanOrEqualTo(350);
    }

    private static void assertThatValue(Context context) {
        if (context.value("k") != "v") {
            throw new AssertionError(context);
        }
    }

    /// Takes the best of several rounds, because in some rounds the JVM also records where channels are made.
    private static long bytes(Runnable action) {
        return IntStream.range(0, 10).mapToLong(_ -> bytesInOneRound(action)).min().orElseThrow();
    }

    private static long bytesInOneRound(Runnable action) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            action.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    }

    /// Each context has an exception of its own to throw.
    @Test
    @Pins("CX-03")
    void exceptionsAreNotShared() {
        parent.cancel();
        assertThat(parent.err()).isNotSameAs(parent.err());
        assertThat(parent.cause()).isInstanceOf(CanceledException.class).isNotSameAs(parent.cause());
    }
}
