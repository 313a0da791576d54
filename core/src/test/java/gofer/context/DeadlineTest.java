package gofer.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Contexts that end when their time is up.
class DeadlineTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final RuntimeException why = new IllegalStateException("why");

    @Test
    void endsWhenItsTimeIsUpAndNotBefore() {
        long start = System.nanoTime();
        CancelContext context = Context.background().withTimeout(Duration.ofMillis(5));
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class).hasMessage("context deadline exceeded");
        assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class).hasNoCause();
    }

    @Test
    void aDeadlineEndsItToo() {
        CancelContext context = Context.background().withDeadline(Instant.now().plusMillis(5));
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void itsCauseIsTheOneGiven() {
        CancelContext context = Context.background().withTimeout(Duration.ofMillis(1), why);
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(context.cause()).isSameAs(why);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void aCheckedCauseIsWrapped() {
        IOException checked = new IOException();
        CancelContext context = Context.background().withTimeout(Duration.ZERO, checked);
        assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class).hasCause(checked);
    }

    @Test
    void theCauseOfADeadlineIsNotThatOfACancel() {
        CancelContext context = Context.background().withTimeout(LONG, why);
        context.cancel();
        assertThat(context.err()).isInstanceOf(CanceledException.class);
        assertThat(context.cause()).isInstanceOf(CanceledException.class).hasNoCause();
    }

    @Test
    void whatIsPastEndsAtOnce() {
        for (Context context :
                List.of(
                        Context.background().withTimeout(Duration.ZERO),
                        Context.background().withTimeout(Duration.ofNanos(-1)),
                        Context.background().withTimeout(Duration.ofSeconds(Long.MIN_VALUE)),
                        Context.background().withDeadline(Instant.now()),
                        Context.background().withDeadline(Instant.MIN))) {
            assertThat(context.err()).isInstanceOf(DeadlineExceededException.class);
            assertThat(context.done().tryRecv()).isInstanceOf(Closed.class);
        }
    }

    @Test
    void whatIsTooFarToCountIsNeverReached() {
        for (CancelContext context :
                List.of(
                        Context.background().withTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
                        Context.background().withTimeout(Duration.ofNanos(Long.MAX_VALUE)),
                        Context.background().withDeadline(Instant.MAX))) {
            assertThat(context.err()).isNull();
            assertThat(context.deadline()).hasValueSatisfying(at -> assertThat(at).isAfter(Instant.now()));
            context.cancel();
            assertThat(context.err()).isInstanceOf(CanceledException.class);
        }
    }

    @Test
    void theEarlierDeadlineCounts() {
        Instant soon = Instant.now().plus(LONG);
        Instant late = soon.plus(LONG);
        try (CancelContext near = Context.background().withDeadline(soon);
                CancelContext far = Context.background().withDeadline(late)) {
            assertThat(near.withDeadline(late).deadline()).contains(soon);
            assertThat(far.withDeadline(soon).deadline()).contains(soon);
            assertThat(far.withCancel().withValue("key", 1).deadline()).contains(late);
        }
    }

    @Test
    void theEarlierDeadlineOfTheParentEndsTheChild() {
        CancelContext parent = Context.background().withTimeout(Duration.ofMillis(5), why);
        CancelContext child = parent.withTimeout(LONG);
        assertThat(child.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(child.cause()).isSameAs(why);
        assertThat(child.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void theEarlierDeadlineOfTheChildLeavesTheParent() {
        try (CancelContext parent = Context.background().withTimeout(LONG)) {
            assertThat(parent.withTimeout(Duration.ofMillis(1)).done().recvOk()).isInstanceOf(Closed.class);
            assertThat(parent.err()).isNull();
        }
    }

    @Test
    void theParentCancelsBeforeTheDeadline() {
        CancelContext parent = Context.background().withCancel();
        CancelContext child = parent.withTimeout(LONG);
        parent.cancel(why);
        assertThat(child.cause()).isSameAs(why);
        assertThat(child.err()).isInstanceOf(CanceledException.class);
    }
}
