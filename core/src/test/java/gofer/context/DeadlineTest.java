package gofer.context;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Contexts that end at a deadline.
class DeadlineTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final RuntimeException why = new IllegalStateException("why");

    @Test
    void endsAfterItsTimeoutAndNotBefore() {
        long start = System.nanoTime();
        CancelContext context = Context.background().withTimeout(Duration.ofMillis(5));
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class).hasMessage("context deadline exceeded");
        assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class).hasNoCause();
    }

    @Test
    void endsAtItsDeadline() {
        CancelContext context = Context.background().withDeadline(Instant.now().plusMillis(5));
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void hasTheGivenCause() {
        CancelContext context = Context.background().withTimeout(Duration.ofMillis(1), why);
        assertThat(context.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(context.cause()).isSameAs(why);
        assertThat(context.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void checkedCauseIsWrapped() {
        IOException checked = new IOException();
        CancelContext context = Context.background().withTimeout(Duration.ZERO, checked);
        assertThat(context.cause()).isInstanceOf(DeadlineExceededException.class).hasCause(checked);
    }

    @Test
    void causeOfADeadlineDiffersFromThatOfACancel() {
        CancelContext context = Context.background().withTimeout(LONG, why);
        context.cancel();
        assertThat(context.err()).isInstanceOf(CanceledException.class);
        assertThat(context.cause()).isInstanceOf(CanceledException.class).hasNoCause();
    }

    @Test
    void pastDeadlineEndsAtOnce() {
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
    void farDeadlineIsNeverReached() {
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
    void earlierDeadlineCounts() {
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
    @SuppressWarnings("LostCancel")
    void earlierDeadlineOfTheParentEndsTheChild() {
        CancelContext parent = Context.background().withTimeout(Duration.ofMillis(5), why);
        CancelContext child = parent.withTimeout(LONG);
        assertThat(child.done().recvOk()).isInstanceOf(Closed.class);
        assertThat(child.cause()).isSameAs(why);
        assertThat(child.err()).isInstanceOf(DeadlineExceededException.class);
    }

    @Test
    void earlierDeadlineOfTheChildDoesNotEndTheParent() {
        try (CancelContext parent = Context.background().withTimeout(LONG)) {
            assertThat(parent.withTimeout(Duration.ofMillis(1)).done().recvOk()).isInstanceOf(Closed.class);
            assertThat(parent.err()).isNull();
        }
    }

    @Test
    void parentCancelsBeforeTheDeadline() {
        CancelContext parent = Context.background().withCancel();
        CancelContext child = parent.withTimeout(LONG);
        parent.cancel(why);
        assertThat(child.cause()).isSameAs(why);
        assertThat(child.err()).isInstanceOf(CanceledException.class);
    }
}
