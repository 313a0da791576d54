package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
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

/// Waiters are served in the order of their arrival: `fifo.go`, `TestChanSendBarrier`.
class OrderTest {

    private static final int WAITERS = 10;

    @Test
    @Pins("CH-11")
    void receiversAreServedInOrder() {
        Chan<Integer> chan = Chan.make();
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        try (var crew = new Crew()) {
            for (int i = 0; i < WAITERS; i++) {
                int me = i;
                Goroutine receiver = crew.go(() -> received.add(me + " got " + chan.recv()));
                Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            }
            for (int i = 0; i < WAITERS; i++) {
                chan.send(i);
                assertThat(chan.tryRecv()).as("a newcomer takes nothing from a waiter").isEqualTo(new Empty<>());
            }
        }
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, WAITERS).mapToObj(i -> i + " got " + i).toList());
    }

    @Test
    @Pins({"CH-11", "CH-13"})
    void sendersAreServedInOrderBehindTheBuffer() {
        Chan<Integer> chan = Chan.make(3);
        for (int i = 0; i < 3; i++) {
            chan.send(i);
        }
        try (var crew = new Crew()) {
            for (int i = 3; i < WAITERS; i++) {
                int value = i;
                Eventually.blocked(crew.go(() -> chan.send(value)), WaitReason.CHAN_SEND);
            }
            for (int i = 0; i < WAITERS; i++) {
                assertThat(chan.recv()).isEqualTo(i);
                assertThat(chan.len()).as("the next value fills the slot").isEqualTo(Math.min(3, WAITERS - 1 - i));
            }
        }
    }

    @Test
    @Pins("CH-13")
    void valueForAWaitingReceiverBypassesTheBuffer() {
        Chan<Integer> chan = Chan.make(1);
        for (int round = 0; round < 1000; round++) {
            int value = round;
            try (var crew = new Crew()) {
                Eventually.blocked(crew.go(() -> assertThat(chan.recv()).isEqualTo(value)), WaitReason.CHAN_RECEIVE);
                chan.send(value);
                assertThat(chan.len()).isZero();
            }
        }
    }

    @Test
    @Pins("CH-12")
    void sendersAndReceiversBothWaitOnlyInOneSelect() {
        Chan<Integer> chan = Chan.make();
        RecvChan<Integer> in = chan;
        try (var crew = new Crew()) {
            Goroutine both = crew.go(() -> assertThat(Selects.select(chan.sending(1), in)).isInstanceOf(First.class));
            Eventually.blocked(both, WaitReason.SELECT);
            assertThat(chan.recv()).isEqualTo(1);
        }
        try (var crew = new Crew()) {
            Goroutine both = crew.go(() -> assertThat(Selects.select(chan.sending(1), in)).isInstanceOf(Second.class));
            Eventually.blocked(both, WaitReason.SELECT);
            chan.send(2);
        }
        assertThat(chan.trySend(3)).as("no waiter is left").isFalse();
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
    }

    /// Each goroutine of a chain waits for the one before it.
    @Test
    @Pins({"CH-10", "CH-11"})
    void daisyChainRunsInOrder() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Chan<Boolean> first = Chan.make();
        Chan<Boolean> before = first;
        try (var crew = new Crew()) {
            for (int i = 0; i < WAITERS; i++) {
                int me = i;
                Chan<Boolean> in = before;
                Chan<Boolean> out = Chan.make();
                crew.go(() -> {
                    in.recv();
                    order.add(me);
                    out.send(true);
                });
                before = out;
            }
            first.send(true);
            before.recv();
        }
        assertThat(order).isEqualTo(IntStream.range(0, WAITERS).boxed().toList());
    }
}
