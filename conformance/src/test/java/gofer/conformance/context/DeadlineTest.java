package gofer.conformance.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.fixture.Eventually;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Tests deadlines and timeouts.
@SuppressWarnings("LostCancel")
class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofHours(1000);

    private final Context background = Context.background();

    @Test
    @Pins("CX-05")
    void deadlineEndsTheContextAndItsDescendants() { // TestDeadline
        expectExpiry(background.withDeadline(Instant.now().plus(SHORT)));
        expectExpiry(new Wrapper(background.withDeadline(Instant.now().plus(SHORT))));
        expectExpiry(
                new Wrapper(background.withDeadline(Instant.now().plus(SHORT))).withDeadline(Instant.now().plus(LONG)));
        expectExpiry(background.withDeadline(Instant.now().minus(SHORT)));
        expectExpiry(background.withDeadline(Instant.now()));
    }

    @Test
    @Pins("CX-05")
    void timeoutEndsTheContextAndItsDescendants() { // TestTimeout
        expectExpiry(background.withTimeout(SHORT));
        expectExpiry(new Wrapper(background.withTimeout(SHORT)));
        expectExpiry(new Wrapper(background.withTimeout(SHORT)).withTimeout(LONG));
        expectExpiry(background.withTimeout(LONG).withTimeout(SHORT));
    }

    private static void expectExpiry(Context context) {
        var _ = context.done().recvOk();
        Expect.done(context, DeadlineExceededException.class);
    }

    @Test
    @Pins("CX-05")
    void contextDoesNotEndBeforeItsDeadline() {
        long start = System.nanoTime();
        expectExpiry(background.withTimeout(Duration.ofMillis(20)));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    @Pins("CX-05")
    void contextWithAPassedDeadlineIsDoneAtOnce() {
        for (CancelContext past :
                List.of(
                        background.withTimeout(Duration.ZERO),
                        background.withTimeout(SHORT.negated()),
                        background.withDeadline(Instant.now().minus(SHORT)))) {
            Expect.done(past, DeadlineExceededException.class);
            past.cancel();
            Expect.done(past, DeadlineExceededException.class);
        }
    }

    @Test
    @Pins("CX-05")
    void earlierDeadlineCounts() {
        Instant now = Instant.now();
        CancelContext early = background.withDeadline(now.plus(LONG));
        CancelContext late = background.withDeadline(now.plus(LONG.multipliedBy(2)));
        CancelContext below = early.withDeadline(now.plus(LONG.multipliedBy(2)));
        assertThat(below.deadline()).isEqualTo(early.deadline()).contains(now.plus(LONG));
        assertThat(below.toString()).as("its own deadline is later, so it has no timer").endsWith(".WithCancel");
        assertThat(late.withDeadline(now.plus(LONG)).deadline()).contains(now.plus(LONG));
        early.cancel();
        Expect.canceled(below);
        Expect.live(late);
    }

    @Test
    @Pins("CX-05")
    void cancelBeforeTheDeadlineIsACancellation() { // TestCanceledTimeout
        CancelContext outer = background.withTimeout(LONG);
        CancelContext inner = new Wrapper(outer).withTimeout(LONG);
        inner.cancel();
        Expect.canceled(inner);
        Expect.live(outer);
    }

    /// Otherwise the timer would retain the context until the deadline.
    @Test
    @Pins({"CX-05", "CX-12"})
    void cancelStopsTheTimer() {
        CancelContext parent = background.withCancel();
        List<WeakReference<CancelContext>> cancelled =
                Stream.generate(() -> parent.withTimeout(LONG))
                        .limit(1000)
                        .peek(CancelContext::cancel)
                        .map(WeakReference::new)
                        .toList();
        Eventually.that(
                "all are collected",
                () -> {
                    System.gc();
                    return cancelled.stream().allMatch(context -> context.refersTo(null));
                });
    }

    @Test
    @Pins("CX-03")
    void waiterGetsTheCause() {
        Chan<Integer> silent = Chan.make();
        try (CancelContext context = background.withTimeout(Duration.ofMillis(5))) {
            assertThatThrownBy(() -> silent.recv(context))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessage("context deadline exceeded")
                    .satisfies(thrown ->
                            assertThat(thrown.getStackTrace())
                                    .as("shows the wait")
                                    .anyMatch(frame -> frame.getMethodName().contains("waiterGetsTheCause")));
        }
    }
}
