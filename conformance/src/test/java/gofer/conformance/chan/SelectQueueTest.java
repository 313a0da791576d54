package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.chan.Selects;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A waiting select is in several queues, and leaves all of them: `select6.go`, `TestSelfSelect`, `TestSelectDuplicateChannel`.
class SelectQueueTest {

    private static final int QUEUE = 5;

    private final Chan<Integer> one = Chan.make();
    private final Chan<Integer> two = Chan.make();

    @Test
    @Pins("SE-08")
    void selectOfBothDirectionsWaitsAlone() { // select3.go
        RecvChan<Integer> in = one;
        try (var crew = new Crew()) {
            Goroutine alone =
                    crew.go(() -> {
                        var _ = Selects.select(one.sending(1), in);
                    });
            Eventually.blocked(alone, WaitReason.SELECT);
            assertThat(one.recv()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @Pins("SE-08")
    @ValueSource(ints = {0, 10})
    void selectDoesNotCommunicateWithItself(int capacity) { // TestSelfSelect
        Chan<Integer> chan = Chan.make(capacity);
        RecvChan<Integer> in = chan;
        Chan<Boolean> end = Chan.make();
        try (var crew = new Crew()) {
            for (int p = 0; p < 2; p++) {
                int me = p;
                crew.go(() -> {
                    for (int i = 0; i < 1000; i++) {
                        var chosen = Selects.select(in, chan.sending(me), end);
                        if (chosen instanceof First(Value(var got)) && capacity == 0) {
                            assertThat(got).isEqualTo(1 - me);
                        }
                        if (chosen instanceof Third) {
                            return;
                        }
                    }
                    if (me == 0) {
                        end.close(); // no partner may be left for the other one
                    } else {
                        end.recvOk();
                    }
                });
            }
        }
    }

    @Test
    @Pins("SE-08")
    void sameChannelMayBeInSeveralArms() { // TestSelectDuplicateChannel
        Chan<Integer> done = Chan.make();
        try (var crew = new Crew()) {
            Goroutine first =
                    crew.go(() -> {
                        assertThat(Selects.select(one, one, two)).isEqualTo(new Third<>(new Value<>(7)));
                        done.recv();
                    });
            Eventually.blocked(first, WaitReason.SELECT);
            Goroutine behind = crew.go(() -> assertThat(one.recv()).isEqualTo(8));
            Eventually.blocked(behind, WaitReason.CHAN_RECEIVE);
            two.send(7); // takes the first one out of the queue of `one`, twice
            one.send(8);
            done.send(0);
        }
    }

    /// One receiver in a queue, at any position, is a select that another channel ends. The waiters before and behind it, and
    /// later ones, are served as if it had never been in the queue.
    @ParameterizedTest
    @Pins("SE-10")
    @ValueSource(ints = {0, 2, QUEUE - 1})
    void losingSelectLeavesTheReceiverQueueIntact(int place) { // select6.go
        List<Integer> received = Collections.synchronizedList(new ArrayList<>());
        try (var crew = new Crew()) {
            for (int i = 0; i < QUEUE; i++) {
                if (i == place) {
                    Goroutine loser =
                            crew.go(() -> {
                                assertThat(Selects.select(one, two)).isEqualTo(new Second<>(new Value<>(-1)));
                                two.recv();
                            });
                    Eventually.blocked(loser, WaitReason.SELECT);
                } else {
                    Eventually.blocked(crew.go(() -> received.add(one.recv())), WaitReason.CHAN_RECEIVE);
                }
            }
            two.send(-1);
            two.send(-2); // the loser has left
            Eventually.blocked(crew.go(() -> received.add(one.recv())), WaitReason.CHAN_RECEIVE);
            for (int i = 0; i < QUEUE; i++) {
                assertThat(one.trySend(i)).as("a receiver waits for %d", i).isTrue();
            }
            assertThat(one.trySend(QUEUE)).as("no waiter is left").isFalse();
        }
        assertThat(received).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    /// The same for senders.
    @ParameterizedTest
    @Pins("SE-10")
    @ValueSource(ints = {0, 2, QUEUE - 1})
    void losingSelectLeavesTheSenderQueueIntact(int place) {
        List<Integer> expected = new ArrayList<>();
        try (var crew = new Crew()) {
            for (int i = 0; i < QUEUE; i++) {
                int value = i;
                if (i == place) {
                    Goroutine loser =
                            crew.go(() -> {
                                assertThat(Selects.select(one.sending(-1), two)).isInstanceOf(Second.class);
                                two.recv();
                            });
                    Eventually.blocked(loser, WaitReason.SELECT);
                } else {
                    Eventually.blocked(crew.go(() -> one.send(value)), WaitReason.CHAN_SEND);
                    expected.add(value);
                }
            }
            two.send(0);
            two.send(0); // the loser has left
            Eventually.blocked(crew.go(() -> one.send(QUEUE)), WaitReason.CHAN_SEND);
            expected.add(QUEUE);
            for (int value : expected) {
                assertThat(one.tryRecv()).isEqualTo(new Value<>(value));
            }
            assertThat(one.tryRecv()).as("no waiter is left").isEqualTo(new Empty<>());
        }
    }

    /// Handles wait in the same queues repeatedly. A handle that did not leave a queue would be in it twice.
    @Test
    @Pins({"CH-12", "SE-07", "SE-10"})
    void reusedSelectLeavesItsQueuesEachTime() {
        int rounds = 100;
        Select select = new Select();
        var mine = select.recv(one);
        var other = select.recv(two);
        var offer = select.send(one);
        List<Integer> received = Collections.synchronizedList(new ArrayList<>());
        try (var crew = new Crew()) {
            Goroutine behind = crew.go(() -> received.add(one.recv()));
            Eventually.blocked(behind, WaitReason.CHAN_RECEIVE);
            for (int i = 0; i < rounds; i++) {
                int round = i;
                offer.enable(false);
                Goroutine waits =
                        crew.go(() -> {
                            assertThat(select.await()).isSameAs(other);
                            assertThat(other.value()).isEqualTo(round);
                        });
                Eventually.blocked(waits, WaitReason.SELECT);
                two.send(round);
                Eventually.ended(waits);
            }
            one.send(-1);
            Eventually.ended(behind);
            assertThat(one.trySend(-2)).as("no waiter is left").isFalse();
            Goroutine both =
                    crew.go(() -> {
                        offer.offer(7);
                        offer.enable(true);
                        assertThat(select.await()).isSameAs(other);
                        offer.enable(false);
                        mine.enable(false);
                        assertThat(select.await()).isSameAs(other);
                    });
            Eventually.blocked(both, WaitReason.SELECT);
            two.send(1);
            Eventually.blocked(both, WaitReason.SELECT);
            assertThat(one.trySend(-3)).as("it no longer waits there").isFalse();
            assertThat(one.tryRecv()).as("it offers no value").isEqualTo(new Empty<>());
            two.send(2);
        }
        assertThat(received).containsExactly(-1);
    }

    /// Plain operations and selects are in one queue, in the order of their arrival.
    @Test
    @Pins("CH-11")
    void selectsAreServedInOrder() {
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        try (var crew = new Crew()) {
            for (int i = 0; i < QUEUE; i++) {
                int me = i;
                Eventually.blocked(crew.go(() -> received.add(me + " got " + select(one))), WaitReason.SELECT);
                Eventually.blocked(
                        crew.go(() -> received.add(me + " plainly got " + one.recv())), WaitReason.CHAN_RECEIVE);
            }
            for (int i = 0; i < 2 * QUEUE; i++) {
                one.send(i);
            }
            for (int i = 0; i < QUEUE; i++) {
                int value = 2 * i;
                Eventually.blocked(
                        crew.go(() -> {
                            var _ = Selects.select(one.sending(value), two);
                        }),
                        WaitReason.SELECT);
                Eventually.blocked(crew.go(() -> one.send(value + 1)), WaitReason.CHAN_SEND);
            }
            for (int i = 0; i < 2 * QUEUE; i++) {
                assertThat(one.recv()).isEqualTo(i);
            }
        }
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, QUEUE)
                                .boxed()
                                .flatMap(i -> List.of(i + " got " + 2 * i, i + " plainly got " + (2 * i + 1)).stream())
                                .toList());
    }

    /// In 400 rounds each arm is taken 200 times, give or take 10, in each of ten repetitions.
    @Test
    @Pins("SE-03")
    void equalArmsAreTakenEquallyOften() {
        int first = 0;
        try (var crew = new Crew()) {
            for (int i = 0; i < 400; i++) {
                boolean[] isFirst = {false};
                Goroutine waiting =
                        i % 2 == 0
                                ? crew.go(() -> isFirst[0] = Selects.select(one, two, one) instanceof First)
                                : crew.go(() ->
                                        isFirst[0] = Selects.select(one.sending(1), one.sending(2)) instanceof First);
                Eventually.blocked(waiting, WaitReason.SELECT);
                if (i % 2 == 0) {
                    one.send(i);
                } else {
                    assertThat(one.recv()).isIn(1, 2);
                }
                Eventually.ended(waiting);
                first += isFirst[0] ? 1 : 0;
            }
        }
        assertThat(first).isBetween(100, 300);
    }

    private int select(RecvChan<Integer> chan) {
        return switch (Selects.select(two, chan)) {
            case Second(Value(var value)) -> value;
            default -> throw new AssertionError("not from the second arm");
        };
    }
}
