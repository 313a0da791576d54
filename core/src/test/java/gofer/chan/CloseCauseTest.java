package gofer.chan;

import static gofer.Go.after;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Channels that are closed because of a failure.
class CloseCauseTest {

    private final IOException cause = new IOException("connection reset");

    /// Each way to expect a value, and the message if there is none.
    private static List<Consumer<Chan<Integer>>> receives() {
        return List.of(
                chan -> chan.recv(),
                chan -> chan.recv(Context.background()),
                chan -> assertThat(chan.iterator().hasNext()).isTrue(),
                chan -> chan.iterator().next(),
                chan -> {
                    for (int _ : chan) {
                        throw new AssertionError("a value");
                    }
                },
                chan -> {
                    var select = new Select();
                    RecvCase<Integer> arm = select.recv(chan);
                    var _ = select.await();
                    var _ = arm.value();
                });
    }

    private static List<Consumer<Chan<Integer>>> sends() {
        return List.of(
                chan -> chan.send(1),
                chan -> chan.send(Context.background(), 1),
                chan -> {
                    var _ = chan.trySend(1);
                },
                chan -> {
                    var _ = select(chan.sending(1), RecvChan.never());
                },
                chan -> {
                    var select = new Select();
                    select.send(chan).offer(1);
                    var _ = select.await();
                });
    }

    @TestWithCapacities
    void whoeverExpectsAnOpenChannelGetsTheCause(int capacity) {
        Stream.concat(receives().stream(), sends().stream())
                .forEach(operation -> {
                    Chan<Integer> chan = Chan.make(capacity);
                    chan.close(cause);
                    expectCause(() -> operation.accept(chan));
                    expectCause(() -> operation.accept(chan));
                });
    }

    @TestWithCapacities
    void whoeverWaitsForAnOpenChannelGetsTheCause(int capacity) {
        for (var operation : receives()) {
            expectCauseInWait(Chan.make(capacity), operation);
        }
        for (var operation : sends().subList(0, 2)) {
            Chan<Integer> full = Chan.make(capacity);
            while (full.trySend(0)) {
                assertThat(full.len()).isPositive();
            }
            expectCauseInWait(full, operation);
        }
    }

    private void expectCauseInWait(Chan<Integer> chan, Consumer<Chan<Integer>> operation) {
        try (var crew = new Crew()) {
            Goroutine waiter = crew.go(() -> expectCause(() -> operation.accept(chan)));
            Eventually.that(
                    "waits", () -> waiter.waitReason() != WaitReason.NONE && waiter.waitReason() != WaitReason.OTHER);
            chan.close(cause);
        }
    }

    private void expectCause(ThrowingCallable operation) {
        assertThatThrownBy(operation).isExactlyInstanceOf(ChanClosedException.class).cause().isSameAs(cause);
    }

    @TestWithCapacities
    void bufferedValuesComeFirst(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        List<Integer> sent = new ArrayList<>();
        while (chan.trySend(sent.size())) {
            sent.add(sent.size());
        }
        chan.close(cause);
        List<Integer> received = new ArrayList<>();
        expectCause(() -> chan.forEach(received::add));
        assertThat(received).isEqualTo(sent);
    }

    @Test
    void aReceiveThatReturnsClosedDoesNotThrow() {
        Chan<Integer> chan = Chan.make(1);
        chan.send(1);
        assertThat(chan.cause()).isEmpty();
        chan.close(cause);
        assertThat(chan.cause()).containsSame(cause);
        assertThat(chan.recvOk()).isEqualTo(new Value<>(1));
        assertThat(chan.recvOk()).isEqualTo(new Closed<>());
        assertThat(chan.recvOk(Context.background())).isEqualTo(new Closed<>());
        assertThat(chan.tryRecv()).isEqualTo(new Closed<>());
        assertThat(select(chan)).isEqualTo(new First<>(new Closed<>()));
        assertThat(select(chan, RecvChan.never())).isEqualTo(new First<>(new Closed<>()));
    }

    @Test
    void aCloseWithoutACauseHasNone() {
        Chan<Integer> chan = Chan.make();
        chan.close();
        assertThat(chan.cause()).isEmpty();
        assertThat(chan).isEmpty();
        assertThatThrownBy(chan::recv).isExactlyInstanceOf(ChanClosedException.class).hasNoCause();
        assertThat(after(Duration.ofHours(1)).cause()).isEmpty();
        assertThat(RecvChan.never().cause()).isEmpty();
    }

    @Test
    void theFirstCloseCounts() {
        Chan<Integer> chan = Chan.make();
        chan.close(cause);
        expectCause(() -> chan.close(new IllegalStateException("later")));
        expectCause(chan::close);
        assertThat(chan.cause()).containsSame(cause);
        Chan<Integer> plain = Chan.make();
        plain.close();
        assertThatThrownBy(() -> plain.close(cause)).isExactlyInstanceOf(ChanClosedException.class).hasNoCause();
        assertThat(plain.cause()).isEmpty();
    }

    @Test
    void nullIsNoCause() {
        Chan<Integer> chan = Chan.make();
        assertThatThrownBy(() -> chan.close(Nulls.nothing()))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("cause");
        assertThat(chan.trySend(1)).isFalse(); // open
        assertThatThrownBy(() -> Chan.never().close(cause))
                .isExactlyInstanceOf(ChanClosedException.class)
                .hasMessage("close of nil channel");
    }
}
