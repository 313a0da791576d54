package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.chan.Selects;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operations on a closed channel, in every form: `closedchan.go`, `TestRaceChanSendClose`.
class ClosedChanTest {

    private static final RecvChan<Integer> NEVER = RecvChan.never();

    @ParameterizedTest
    @Pins("CH-03")
    @ValueSource(ints = {0, 1, 7})
    void everyFormOfSendFails(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        chan.close();
        Select handles = offering(chan);
        Select polled = offering(chan);
        Map<String, ThrowingCallable> spellings =
                Map.of(
                        "send", () -> chan.send(1),
                        "trySend", () -> chan.trySend(1),
                        "select of one", () -> Selects.select(chan.sending(1)),
                        "select of two", () -> Selects.select(chan.sending(1), NEVER),
                        "select of three", () -> Selects.select(NEVER, chan.sending(1), NEVER),
                        "select with default", () -> Selects.trySelect(chan.sending(1)),
                        "larger select with default", () -> Selects.trySelect(NEVER, chan.sending(1)),
                        "handles", handles::await,
                        "handles with default", polled::poll);
        spellings.forEach((spelling, send) ->
                assertThatThrownBy(send)
                        .as(spelling)
                        .isInstanceOf(ChanClosedException.class)
                        .hasMessage("send on closed channel"));
        assertThat(chan.len()).as("the values are dropped").isZero();
    }

    private static Select offering(Chan<Integer> chan) {
        Select select = new Select();
        select.send(chan).offer(1);
        return select;
    }

    /// The buffered values come first. After them, each receive gets the end.
    @ParameterizedTest
    @Pins({"CH-06", "CH-15", "SE-06"})
    @ValueSource(ints = {0, 1, 7})
    void everyFormOfReceiveDrainsAndThenEnds(int capacity) {
        Map<String, Function<Chan<Integer>, Object>> spellings =
                Map.of(
                        "recvOk", Chan::recvOk,
                        "tryRecv", Chan::tryRecv,
                        "select of one", chan -> Selects.select(chan),
                        "select of two", chan -> Selects.select(chan, NEVER),
                        "select of three", chan -> Selects.select(chan, NEVER, Chan.<Integer>make()),
                        "select with default", chan -> Selects.trySelect(chan),
                        "larger select with default", chan -> Selects.trySelect(chan, NEVER),
                        "handles",
                                chan ->
                                        receiving(
                                                chan,
                                                select -> {
                                                    var _ = select.await();
                                                }),
                        "handles with default",
                                chan ->
                                        receiving(
                                                chan,
                                                select -> {
                                                    var _ = select.poll();
                                                }));
        spellings.forEach((spelling, receive) -> {
            Chan<Integer> chan = Chan.make(capacity);
            for (int i = 0; i < capacity; i++) {
                chan.send(i);
            }
            chan.close();
            for (int i = 0; i < capacity; i++) {
                assertThat(received(receive.apply(chan))).as(spelling).isEqualTo(new Value<>(i));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(received(receive.apply(chan))).as(spelling).isEqualTo(new Closed<>());
            }
        });
    }

    private static Object receiving(Chan<Integer> chan, Consumer<Select> run) {
        Select select = new Select();
        var arm = select.recv(chan);
        run.accept(select);
        return arm.received();
    }

    private static Object received(Object answer) {
        return answer instanceof First<?, ?, ?, ?, ?, ?>(var result) ? result : answer;
    }

    @ParameterizedTest
    @Pins("CH-04")
    @ValueSource(ints = {0, 1, 7})
    void closingFailsAllWaitingSends(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        try (var crew = new Crew()) {
            for (int i = 0; i < 5; i++) {
                Goroutine sender =
                        crew.go(() -> assertThatThrownBy(() -> chan.send(99)).hasMessage("send on closed channel"));
                Eventually.blocked(sender, WaitReason.CHAN_SEND);
                Goroutine selector =
                        crew.go(() ->
                                assertThatThrownBy(() -> Selects.select(chan.sending(99), NEVER))
                                        .hasMessage("send on closed channel"));
                Eventually.blocked(selector, WaitReason.SELECT);
            }
            chan.close();
        }
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.recv()).isEqualTo(i);
        }
        assertThat(chan.len()).isZero();
    }

    @Test
    @Pins("CH-05")
    void closingTwiceOrClosingNeverFails() {
        Chan<Integer> chan = Chan.make();
        chan.close();
        assertThatThrownBy(chan::close).isInstanceOf(ChanClosedException.class).hasMessage("close of closed channel");
        assertThatThrownBy(Chan.never()::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("close of nil channel");
    }

    @Test
    @Pins("SE-06")
    void closedChannelIsReadyInASelect() {
        Chan<Integer> closed = Chan.make();
        closed.close();
        assertThat(Selects.select(closed, NEVER)).isInstanceOf(First.class);
        assertThat(Selects.trySelect(NEVER, closed)).isInstanceOf(Second.class);
        Chan<Integer> ready = Chan.make(1);
        int failed = 0;
        int rounds = 1000;
        for (int i = 0; i < rounds; i++) {
            ready.send(1);
            try {
                var _ = Selects.select(closed.sending(1), ready);
            } catch (ChanClosedException chosen) {
                failed++;
                ready.recv();
            }
        }
        assertThat(failed).as("with another ready arm the choice is random").isBetween(rounds / 4, rounds * 3 / 4);
        assertThat(List.of(ready.len(), closed.len())).containsOnly(0);
    }
}
