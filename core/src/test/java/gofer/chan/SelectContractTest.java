package gofer.chan;

import static gofer.Go.select;
import static gofer.Go.trySelect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The contract of a select, for channels of various capacities.
class SelectContractTest {

    @TestWithCapacities
    void choosesTheReadyArm(int capacity) {
        Chan<Integer> full = full(capacity + 1);
        Chan<Integer> empty = Chan.make(capacity);
        assertThat(select(empty, full)).isEqualTo(new Second<>(new Value<>(0)));
        assertThat(select(full.sending(7), empty)).isEqualTo(new First<>(new Sent()));
        assertThat(select(full.sending(8), empty, full)).isEqualTo(new Third<>(new Value<>(capacity == 0 ? 7 : 1)));
    }

    @TestWithCapacities
    void choosesTheDefaultOnlyIfNoArmIsReady(int capacity) {
        Chan<Integer> empty = Chan.make(capacity);
        Chan<Integer> full = full(capacity);
        assertThat(trySelect(empty)).isEqualTo(new Default<>());
        assertThat(trySelect(full.sending(-1))).isEqualTo(new Default<>());
        assertThat(trySelect(empty, full.sending(-1))).isEqualTo(new Default<>());
        Chan<Integer> withRoom = Chan.make(capacity + 1);
        assertThat(trySelect(empty, full.sending(-1), withRoom.sending(1))).isEqualTo(new Third<>(new Sent()));
        assertThat(trySelect(withRoom, empty)).isEqualTo(new First<>(new Value<>(1)));
    }

    /// Each arm in turn ends the wait. The other channels are as if the select had never waited.
    @TestWithCapacities
    void waitsForAnyArmWithoutAffectingTheOtherChannels(int capacity) {
        Chan<Integer> a = Chan.make(capacity);
        Chan<Integer> b = full(capacity);
        Chan<Integer> c = Chan.make(capacity);
        try (var crew = new Crew()) {
            Goroutine first =
                    crew.go(() -> assertThat(select(a, b.sending(-1), c)).isEqualTo(new First<>(new Value<>(1))));
            Eventually.blocked(first, WaitReason.SELECT);
            a.send(1);
            Eventually.ended(first);

            Goroutine second =
                    crew.go(() -> assertThat(select(a, b.sending(capacity), c)).isEqualTo(new Second<>(new Sent())));
            Eventually.blocked(second, WaitReason.SELECT);
            assertThat(b.recv()).isEqualTo(0);
            Eventually.ended(second);

            Goroutine third =
                    crew.go(() -> assertThat(select(a, b.sending(-1), c)).isEqualTo(new Third<>(new Closed<>())));
            Eventually.blocked(third, WaitReason.SELECT);
            c.close();
            Eventually.ended(third);
        }
        assertThat(a.trySend(1)).as("no waiter is left").isEqualTo(capacity > 0);
        for (int i = 1; i <= capacity; i++) {
            assertThat(b.recv()).isEqualTo(i);
        }
        assertThat(b.tryRecv()).isEqualTo(new Empty<>());
    }

    @TestWithCapacities
    void sendArmFailsIfItsChannelIsClosedMeanwhile(int capacity) {
        Chan<Integer> full = full(capacity);
        Chan<Integer> other = Chan.make();
        try (var crew = new Crew()) {
            Goroutine sender =
                    crew.go(() ->
                            assertThatThrownBy(() -> select(full.sending(-1), other))
                                    .isInstanceOf(ChanClosedException.class)
                                    .hasMessage("send on closed channel"));
            Eventually.blocked(sender, WaitReason.SELECT);
            full.close();
        }
        assertThatThrownBy(() -> select(full.sending(-1), other)).isInstanceOf(ChanClosedException.class);
        assertThatThrownBy(() -> trySelect(full.sending(-1), other)).isInstanceOf(ChanClosedException.class);
    }

    @TestWithCapacities
    void interruptedSelectHasNoEffect(int capacity) {
        Chan<Integer> full = full(capacity);
        Chan<Integer> empty = Chan.make(capacity);
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        assertThatThrownBy(() -> select(full.sending(-1), empty))
                                .isInstanceOf(InterruptException.class)
                                .hasMessage("interrupted during select");
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    });
            Eventually.blocked(g, WaitReason.SELECT);
            g.thread().interrupt();
        }
        assertThat(full.len()).isEqualTo(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(full.recv()).isEqualTo(i);
        }
        assertThat(full.tryRecv()).isEqualTo(new Empty<>());
        assertThat(empty.trySend(1)).isEqualTo(capacity > 0);
    }

    /// The same channel is in all arms: a partner serves exactly one of them.
    @TestWithCapacities
    void channelMayAppearInSeveralArms(int capacity) {
        Chan<Integer> chan = full(capacity);
        var sent = new AtomicInteger();
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        for (int i = 0; i < 100; i++) {
                            switch (select(chan.sending(-1), chan.sending(-1), chan.sending(-1))) {
                                case First(_), Second(_), Third(_) -> sent.incrementAndGet();
                            }
                        }
                    });
            for (int i = 0; i < 100 + capacity; i++) {
                if (i < capacity) {
                    assertThat(chan.recv()).isEqualTo(i);
                } else {
                    assertThat(chan.recv()).isEqualTo(-1);
                }
            }
            Eventually.ended(g);
        }
        assertThat(sent).hasValue(100);
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }

    /// A select that would send to and receive from one unbuffered channel does not communicate with itself.
    @Test
    void selectDoesNotCommunicateWithItself() {
        Chan<Integer> chan = Chan.make();
        assertThat(trySelect(chan, chan.sending(1))).isEqualTo(new Default<>());
        try (var crew = new Crew()) {
            Goroutine g = crew.go(() -> assertThat(select(chan, chan.sending(1))).isEqualTo(new Second<>(new Sent())));
            Eventually.blocked(g, WaitReason.SELECT);
            assertThat(chan.recv()).isEqualTo(1);
        }
    }

    @Test
    void twoSelectsWithBothDirectionsServeEachOther() {
        Chan<Integer> chan = Chan.make();
        var sends = new AtomicInteger();
        var receives = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int g = 0; g < 2; g++) {
                crew.go(() -> {
                    for (int i = 0; i < 1000; i++) {
                        switch (select(chan, chan.sending(1))) {
                            case First(Value(_)) -> receives.incrementAndGet();
                            case First(Closed()) -> throw new AssertionError("closed");
                            case Second(_) -> sends.incrementAndGet();
                        }
                    }
                });
            }
        }
        assertThat(sends).hasValue(1000);
        assertThat(receives).hasValue(1000);
    }

    @TestWithCapacities
    void selectsOverTheSameChannelsInOppositeOrdersDoNotDeadlock(int capacity) {
        Chan<Integer> a = Chan.make(capacity);
        Chan<Integer> b = Chan.make(capacity);
        int rounds = 2000;
        try (var crew = new Crew()) {
            for (var pair : List.of(List.of(a, b), List.of(b, a))) {
                crew.go(() -> {
                    for (int i = 0; i < rounds; i++) {
                        var _ = select(pair.get(0).sending(i), pair.get(1).sending(i));
                    }
                });
                crew.go(() -> {
                    for (int i = 0; i < rounds; i++) {
                        var _ = select(pair.get(0), pair.get(1));
                    }
                });
            }
        }
        assertThat(a.len() + b.len()).isZero();
    }

    /// Tests each number of arms, with the ready arm in the last position.
    @Test
    void resultNamesThePositionOfTheArm() {
        Chan<Integer> no = Chan.never();
        Chan<Integer> yes = Chan.make(1);
        for (int round = 0; round < 2; round++) {
            Arm<Sent> send = yes.sending(1);
            assertThat(select(send)).isEqualTo(new First<>(new Sent()));
            assertThat(select(no, yes)).isEqualTo(new Second<>(new Value<>(1)));
            assertThat(select(no, no, yes.sending(2))).isEqualTo(new Third<>(new Sent()));
            assertThat(select(no, no, no, yes)).isEqualTo(new Fourth<>(new Value<>(2)));
            assertThat(select(no, no, no, no, yes.sending(3))).isEqualTo(new Fifth<>(new Sent()));
            assertThat(select(no, no, no, no, no, yes)).isEqualTo(new Sixth<>(new Value<>(3)));
            assertThat(trySelect(send)).isEqualTo(new First<>(new Sent()));
            assertThat(trySelect(no, yes)).isEqualTo(new Second<>(new Value<>(1)));
            assertThat(trySelect(no, no, yes.sending(2))).isEqualTo(new Third<>(new Sent()));
            assertThat(trySelect(no, no, no, yes)).isEqualTo(new Fourth<>(new Value<>(2)));
            assertThat(trySelect(no, no, no, no, yes.sending(3))).isEqualTo(new Fifth<>(new Sent()));
            assertThat(trySelect(no, no, no, no, no, yes)).isEqualTo(new Sixth<>(new Value<>(3)));
            assertThat(trySelect(no)).isEqualTo(new Default<>());
            assertThat(trySelect(no, yes)).isEqualTo(new Default<>());
            assertThat(trySelect(no, no, yes)).isEqualTo(new Default<>());
            assertThat(trySelect(no, no, no, yes)).isEqualTo(new Default<>());
            assertThat(trySelect(no, no, no, no, yes)).isEqualTo(new Default<>());
            assertThat(trySelect(no, no, no, no, no, yes)).isEqualTo(new Default<>());
        }
    }

    /// Like [#resultNamesThePositionOfTheArm], when the select has to wait first.
    @Test
    void resultNamesThePositionOfTheArmAfterAWait() {
        Chan<Integer> no = Chan.make();
        Chan<Integer> c = Chan.make();
        try (var crew = new Crew()) {
            Goroutine g =
                    crew.go(() -> {
                        assertThat(select(c)).isEqualTo(new First<>(new Value<>(1)));
                        assertThat(select(no, c)).isEqualTo(new Second<>(new Value<>(2)));
                        assertThat(select(no, no, c)).isEqualTo(new Third<>(new Value<>(3)));
                        assertThat(select(no, no, no, c)).isEqualTo(new Fourth<>(new Value<>(4)));
                        assertThat(select(no, no, no, no, c)).isEqualTo(new Fifth<>(new Value<>(5)));
                        assertThat(select(no, no, no, no, no, c)).isEqualTo(new Sixth<>(new Value<>(6)));
                    });
            for (int i = 1; i <= 6; i++) {
                Eventually.blocked(g, WaitReason.SELECT);
                c.send(i);
            }
        }
    }

    @Test
    void rejectsNullArm() {
        Chan<Integer> chan = Chan.make();
        assertThatThrownBy(() -> select(chan, Nulls.<Arm<Sent>>nothing()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("select arm");
    }

    @TestWithCapacities
    void whenSwitchesAnArmOffAndOn(int capacity) {
        Chan<Integer> chan = full(capacity + 1);
        assertThat(trySelect(chan.when(false))).isEqualTo(new Default<>());
        assertThat(trySelect(chan.when(true))).isEqualTo(new First<>(new Value<>(0)));
        assertThat(trySelect(chan.when(false).sending(1))).isEqualTo(new Default<>());
        assertThat(trySelect(chan.when(true).sending(1))).isEqualTo(new First<>(new Sent()));
        RecvChan<Integer> receiving = chan;
        SendChan<Integer> sending = chan;
        assertThat(receiving.when(true)).isSameAs(chan);
        assertThat(sending.when(true)).isSameAs(chan);
        assertThat(receiving.when(false)).isSameAs(RecvChan.never());
    }

    private static Chan<Integer> full(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        return chan;
    }
}
