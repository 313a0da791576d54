package gofer.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import org.junit.jupiter.api.Test;

/// A wait that ends by an interrupt or a cancellation has had no effect.
class ChanInterruptTest {

    private final RuntimeException cause = new IllegalArgumentException("cause");

    @TestWithCapacities
    void interruptedSendSendsNothing(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() -> {
                        assertThatThrownBy(() -> chan.send(-1))
                                .isInstanceOf(InterruptException.class)
                                .hasMessage("interrupted during chan send");
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            sender.thread().interrupt();
        }
        expectUntouched(chan, capacity);
    }

    @TestWithCapacities
    void interruptedReceiveTakesNothing(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            Goroutine receiver =
                    crew.go(() -> {
                        assertThatThrownBy(chan::recv)
                                .isInstanceOf(InterruptException.class)
                                .hasMessage("interrupted during chan receive");
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            receiver.thread().interrupt();
            Eventually.ended(receiver);
        }
        assertThat(chan.trySend(1)).as("no receiver takes it").isEqualTo(capacity > 0);
    }

    /// The second of three waiting senders is interrupted.
    @TestWithCapacities
    void otherSendersKeepTheirOrderIfOneIsInterrupted(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> chan.send(capacity)), WaitReason.CHAN_SEND);
            Goroutine interrupted =
                    crew.go(() -> assertThatThrownBy(() -> chan.send(-1)).isInstanceOf(InterruptException.class));
            Eventually.blocked(interrupted, WaitReason.CHAN_SEND);
            Eventually.blocked(crew.go(() -> chan.send(capacity + 1)), WaitReason.CHAN_SEND);
            interrupted.thread().interrupt();
            Eventually.ended(interrupted);
            for (int i = 0; i < capacity + 2; i++) {
                assertThat(chan.recv()).isEqualTo(i);
            }
        }
    }

    @TestWithCapacities
    void interruptedThreadCanPerformOperationsThatDoNotWait(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        Thread.currentThread().interrupt();
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        assertThatThrownBy(() -> chan.send(-1)).isInstanceOf(InterruptException.class);
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.recv()).isEqualTo(i);
        }
        assertThatThrownBy(chan::recv).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }

    @TestWithCapacities
    void cancelledSendSendsNothing(int capacity) {
        Chan<Integer> chan = full(capacity);
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            Goroutine sender = crew.go(() -> assertThatThrownBy(() -> chan.send(ctx, -1)).isSameAs(cause));
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            ctx.cancel(cause);
        }
        expectUntouched(chan, capacity);
        assertThat(ctx.hooks()).isZero();
    }

    @TestWithCapacities
    void cancelledReceiveTakesNothing(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            Goroutine plain = crew.go(() -> assertThatThrownBy(() -> chan.recv(ctx)).isSameAs(cause));
            Goroutine ok = crew.go(() -> assertThatThrownBy(() -> chan.recvOk(ctx)).isSameAs(cause));
            Eventually.blocked(plain, WaitReason.CHAN_RECEIVE);
            Eventually.blocked(ok, WaitReason.CHAN_RECEIVE);
            ctx.cancel(cause);
        }
        assertThat(chan.trySend(1)).as("no receiver takes it").isEqualTo(capacity > 0);
    }

    @TestWithCapacities
    void cancelledContextTakesPrecedenceOverAReadyOperation(int capacity) {
        Chan<Integer> chan = full(capacity);
        var ctx = new ManualCancellation();
        ctx.cancel(cause);
        assertThatThrownBy(() -> chan.recv(ctx)).isSameAs(cause);
        assertThatThrownBy(() -> chan.recvOk(ctx)).isSameAs(cause);
        expectUntouched(chan, capacity);
        assertThatThrownBy(() -> chan.send(ctx, 1)).isSameAs(cause);
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        chan.close();
        assertThatThrownBy(() -> chan.send(ctx, 1)).isSameAs(cause);
        assertThatThrownBy(() -> chan.recvOk(ctx)).isSameAs(cause);
    }

    /// A wait that ends normally removes its hook from the context, so that a long-lived context does not grow.
    @TestWithCapacities
    void successfulWaitLeavesNothingInTheContext(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 1000; i++) {
                    chan.send(ctx, i);
                }
            });
            for (int i = 0; i < 1000; i++) {
                assertThat(chan.recv(ctx)).isEqualTo(i);
            }
        }
        assertThat(ctx.hooks()).isZero();
    }

    @Test
    void waitOnANilChannelCanOnlyBeInterruptedOrCancelled() {
        Chan<Integer> nil = Chan.never();
        var ctx = new ManualCancellation();
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() ->
                            assertThatThrownBy(() -> nil.send(1))
                                    .isInstanceOf(InterruptException.class)
                                    .hasMessage("interrupted during chan send (nil chan)"));
            Goroutine receiver = crew.go(() -> assertThatThrownBy(() -> nil.recv(ctx)).isSameAs(cause));
            Eventually.blocked(sender, WaitReason.CHAN_SEND_NEVER);
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE_NEVER);
            sender.thread().interrupt();
            ctx.cancel(cause);
        }
    }

    private static Chan<Integer> full(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        return chan;
    }

    private static void expectUntouched(Chan<Integer> chan, int capacity) {
        assertThat(chan.len()).isEqualTo(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.tryRecv()).isEqualTo(new Value<>(i));
        }
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }
}
