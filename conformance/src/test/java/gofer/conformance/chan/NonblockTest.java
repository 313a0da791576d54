package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Operations that do not wait: `nonblock.go`, `TestNonblockRecvRace`, `TestNonblockSelectRace`.
class NonblockTest {

    private static final int ROUNDS = 20_000;
    private static final int WANDERINGS = 200_000;

    @Test
    @Pins({"CH-14", "SE-04"})
    void attemptSucceedsExactlyIfThePartnerIsWaiting() { // nonblock.go
        Chan<String> chan = Chan.make();
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        assertThat(chan.trySend("no receiver")).isFalse();
        assertThat(Selects.trySelect(chan)).isEqualTo(new Default<>());
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> assertThat(chan.recv()).isEqualTo("hello")), WaitReason.CHAN_RECEIVE);
            assertThat(chan.trySend("hello")).isTrue();
        }
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> chan.send("hello")), WaitReason.CHAN_SEND);
            assertThat(chan.tryRecv()).isEqualTo(new Value<>("hello"));
        }
    }

    /// At every moment a value is in the channel, or the channel is closed. A receive attempt finds one of them.
    @Test
    @Pins("CH-14")
    void receiveAttemptFindsTheValueOrTheClose() {
        inTandem(
                (one, _) -> {
                    one.close();
                    one.recvOk();
                },
                (one, _) -> assertThat(one.tryRecv()).isNotEqualTo(new Empty<>()));
    }

    /// At every moment one of the two channels is ready, so the default must not be taken.
    @Test
    @Pins({"CH-14", "SE-09"})
    void trySelectFindsTheReadyChannel() {
        inTandem(
                (one, two) -> {
                    two.close();
                    var _ = one.tryRecv();
                },
                (one, two) -> assertThat(Selects.trySelect(two, one)).isNotInstanceOf(Default.class));
    }

    /// A select that is about to wait when a channel is closed does not miss the close.
    @Test
    @Pins({"CH-07", "SE-06"})
    void selectMissesNoClose() {
        Chan<Integer> idle = Chan.make();
        inTandem(
                (one, two) -> {
                    one.close();
                    two.close();
                },
                (one, two) -> {
                    one.recv();
                    assertThat(Selects.select(one, idle)).isEqualTo(new First<>(new Closed<>()));
                    assertThat(Selects.select(idle, two)).isEqualTo(new Second<>(new Closed<>()));
                });
    }

    /// The same for a select that is about to send.
    @Test
    @Pins({"CH-04", "SE-06"})
    void selectedSendMissesNoClose() {
        Chan<Integer> idle = Chan.make();
        inTandem(
                (one, _) -> one.close(),
                (one, _) ->
                        assertThatThrownBy(() -> Selects.select(one.sending(1), idle))
                                .hasMessage("send on closed channel"));
    }

    /// Repeatedly runs `move` on this thread and `look` on a goroutine at the same time, with two new channels. The first is a
    /// full buffer of one, and the second has no buffer.
    private static void inTandem(
            BiConsumer<Chan<Integer>, Chan<Integer>> move, BiConsumer<Chan<Integer>, Chan<Integer>> look) {
        List<Chan<Integer>> ones = new ArrayList<>();
        List<Chan<Integer>> twos = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Chan<Integer> one = Chan.make(1);
            one.send(1);
            ones.add(one);
            twos.add(Chan.make());
        }
        var moved = new AtomicInteger();
        var looked = new AtomicInteger();
        try (var crew = new Crew()) {
            Goroutine observer =
                    crew.go(() -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            looked.set(i);
                            while (moved.get() < i) {
                                Thread.yield();
                            }
                            look.accept(ones.get(i), twos.get(i));
                        }
                    });
            for (int i = 0; i < ROUNDS; i++) {
                moved.set(i);
                while (looked.get() < i && observer.state() != Goroutine.State.ENDED) {
                    Thread.yield();
                }
                move.accept(ones.get(i), twos.get(i));
            }
        }
    }

    /// A token moves between two channels. The moving goroutine puts it into one before it takes it from the other, so at every
    /// moment one channel is ready, and a select over both must find it. The select puts the token back, because the moving
    /// goroutine may be waiting for it.
    @Test
    @Pins({"CH-14", "SE-09"})
    void selectSeesAllItsChannelsAtOneMoment() {
        Chan<Integer> left = Chan.make(1);
        Chan<Integer> right = Chan.make(1);
        Chan<Boolean> begun = Chan.make();
        var done = new AtomicBoolean();
        left.send(1);
        try (var crew = new Crew()) {
            crew.go(() -> {
                begun.send(true);
                boolean turn = false;
                while (!done.get()) {
                    turn = !turn;
                    Chan<Integer> a = turn ? left : right;
                    Chan<Integer> b = turn ? right : left;
                    switch (Selects.trySelect(a, b)) {
                        case First(_) -> a.send(1);
                        case Second(_) -> b.send(1);
                        case Default() -> {
                            left.close(); // otherwise the moving goroutine might wait forever
                            right.close();
                            throw new AssertionError("the token is gone");
                        }
                    }
                }
            });
            begun.recv();
            for (int i = 0; i < WANDERINGS; i++) {
                right.send(1);
                left.recv();
                left.send(1);
                right.recv();
            }
            done.set(true);
        } catch (ChanClosedException _) {
            throw new AssertionError("a select took its default although a channel was ready");
        }
    }
}
