package gofer.chan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.Nulls;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;

/// The contract of a channel, for various capacities.
class ChanContractTest {

    @TestWithCapacities
    void acceptsValuesUpToItsCapacityWithoutWaiting(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        assertThat(chan.cap()).isEqualTo(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.len()).isEqualTo(i);
            if (i % 2 == 0) {
                chan.send(i);
            } else {
                assertThat(chan.trySend(i)).isTrue();
            }
        }
        assertThat(chan.trySend(-1)).isFalse();
        assertThat(chan.len()).isEqualTo(capacity);
    }

    @TestWithCapacities
    void returnsBufferedValuesInOrder(int capacity) {
        Chan<Integer> chan = full(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(chan.recvOk()).isEqualTo(new Value<>(i));
        }
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        assertThat(chan.len()).isZero();
    }

    @TestWithCapacities
    void keepsTheOrderWhileTheRingWrapsAround(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < 1000; i++) {
                    chan.send(i);
                }
                chan.close();
            });
            int expected = 0;
            for (int value : chan) {
                assertThat(value).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(1000);
        }
    }

    @TestWithCapacities
    void sendWaitsWhileTheBufferIsFull(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            Goroutine sender = crew.go(() -> chan.send(capacity));
            Eventually.blocked(sender, WaitReason.CHAN_SEND);
            assertThat(chan.len()).isEqualTo(capacity);
            for (int i = 0; i <= capacity; i++) {
                assertThat(chan.recv()).isEqualTo(i);
            }
        }
    }

    @TestWithCapacities
    void receiveWaitsWhileTheBufferIsEmpty(int capacity) {
        Chan<String> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> assertThat(chan.recv()).isEqualTo("something"));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            chan.send("something");
        }
    }

    @TestWithCapacities
    void waitingReceiversAreServedInOrder(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                int turn = i;
                Goroutine receiver = crew.go(() -> assertThat(chan.recv()).isEqualTo(turn));
                Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(chan.trySend(i)).isTrue();
                assertThat(chan.len()).as("handed over, not buffered").isZero();
            }
        }
    }

    @TestWithCapacities
    void waitingSendersAreServedInOrder(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            for (int i = 0; i < 10; i++) {
                int value = capacity + i;
                Eventually.blocked(crew.go(() -> chan.send(value)), WaitReason.CHAN_SEND);
            }
            for (int i = 0; i < capacity + 10; i++) {
                assertThat(chan.tryRecv()).isEqualTo(new Value<>(i));
            }
        }
    }

    /// The value of a waiting sender gets the slot that a receive frees. No other sender can take it.
    @TestWithCapacities
    void newSenderDoesNotOvertakeAWaitingSender(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> chan.send(capacity)), WaitReason.CHAN_SEND);
            chan.recv();
            assertThat(chan.trySend(-1)).isFalse();
            assertThat(chan.len()).isEqualTo(capacity);
        }
        assertThat(drained(chan)).doesNotContain(-1).hasSize(capacity);
    }

    @TestWithCapacities
    void closeReleasesWaitingReceivers(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            for (int i = 0; i < 3; i++) {
                Eventually.blocked(
                        crew.go(() -> assertThat(chan.recvOk()).isEqualTo(new Closed<>())), WaitReason.CHAN_RECEIVE);
                Eventually.blocked(
                        crew.go(() ->
                                assertThatThrownBy(chan::recv)
                                        .isInstanceOf(ChanClosedException.class)
                                        .hasMessage("receive from closed channel")),
                        WaitReason.CHAN_RECEIVE);
            }
            chan.close();
        }
    }

    @TestWithCapacities
    void closeFailsWaitingSendersWithoutSendingTheirValues(int capacity) {
        Chan<Integer> chan = full(capacity);
        try (var crew = new Crew()) {
            for (int i = 0; i < 3; i++) {
                Goroutine sender =
                        crew.go(() ->
                                assertThatThrownBy(() -> chan.send(-1))
                                        .isInstanceOf(ChanClosedException.class)
                                        .hasMessage("send on closed channel"));
                Eventually.blocked(sender, WaitReason.CHAN_SEND);
            }
            chan.close();
        }
        assertThat(drained(chan)).doesNotContain(-1).hasSize(capacity);
    }

    @TestWithCapacities
    void closedChannelReturnsBufferedValuesAndThenClosed(int capacity) {
        Chan<Integer> chan = full(capacity);
        chan.close();
        for (int i = 0; i < capacity; i++) {
            assertThat(i % 2 == 0 ? chan.recvOk() : chan.tryRecv()).isEqualTo(new Value<>(i));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(chan.recvOk()).isEqualTo(new Closed<>());
            assertThat(chan.tryRecv()).isEqualTo(new Closed<>());
            assertThatThrownBy(chan::recv).isInstanceOf(ChanClosedException.class);
        }
    }

    @TestWithCapacities
    void closedChannelRejectsSendsAndAnotherClose(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        chan.close();
        assertThatThrownBy(() -> chan.send(1))
                .isInstanceOf(ChanClosedException.class)
                .hasMessage("send on closed channel");
        assertThatThrownBy(() -> chan.trySend(1))
                .isInstanceOf(ChanClosedException.class)
                .hasMessage("send on closed channel");
        assertThatThrownBy(chan::close).isInstanceOf(ChanClosedException.class).hasMessage("close of closed channel");
        assertThat(chan.len()).isZero();
    }

    @TestWithCapacities
    void nonBlockingOperationsServeWaiters(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> assertThat(chan.recv()).isEqualTo(1)), WaitReason.CHAN_RECEIVE);
            assertThat(chan.trySend(1)).isTrue();
        }
        Chan<Integer> full = full(capacity);
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> full.send(capacity)), WaitReason.CHAN_SEND);
            for (int i = 0; i <= capacity; i++) {
                assertThat(full.tryRecv()).isEqualTo(new Value<>(i));
            }
            assertThat(full.tryRecv()).isEqualTo(new Empty<>());
        }
    }

    @TestWithCapacities
    void rejectsNull(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        Integer nothing = Nulls.nothing();
        assertThatThrownBy(() -> chan.send(nothing))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("null cannot be sent on a channel");
        assertThatThrownBy(() -> chan.trySend(nothing)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> chan.sending(nothing)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> chan.send(Nulls.nothing(), 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("ctx");
        assertThatThrownBy(() -> chan.recv(Nulls.nothing())).isInstanceOf(NullPointerException.class).hasMessage("ctx");
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }

    /// Platform threads work as well as goroutines.
    @TestWithCapacities
    void connectsPlatformThreadsAndGoroutines(int capacity) {
        Chan<Integer> requests = Chan.make(capacity);
        Chan<Integer> answers = Chan.make(capacity);
        try (var crew = new Crew()) {
            crew.thread(() -> {
                for (int request : requests) {
                    answers.send(request * request);
                }
                answers.close();
            });
            crew.go(() -> {
                for (int i = 0; i < 1000; i++) {
                    requests.send(i);
                }
                requests.close();
            });
            crew.thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    assertThat(answers.recv()).isEqualTo(i * i);
                }
                assertThat(answers.recvOk()).isEqualTo(new Closed<>());
            });
        }
    }

    private static Chan<Integer> full(int capacity) {
        Chan<Integer> chan = Chan.make(capacity);
        for (int i = 0; i < capacity; i++) {
            chan.send(i);
        }
        return chan;
    }

    private static List<Integer> drained(Chan<Integer> chan) {
        List<Integer> values = new ArrayList<>();
        while (chan.tryRecv() instanceof Value(var value)) {
            values.add(value);
        }
        return values;
    }
}
