package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Selects;
import gofer.chan.SendChan;
import gofer.chan.Value;
import gofer.conformance.Pins;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tests what a channel can carry, and how a send is written: `zerosize.go`, `sendstmt.go`.
class StatementsTest {

    /// A value without content.
    private record Signal() {}

    @Test
    @Pins("CH-01")
    void channelCanCarryValuesWithoutContent() {
        Chan<Signal> signals = Chan.make(3);
        assertThat(Chan.<Signal>make().cap()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(signals.trySend(new Signal())).isTrue();
        }
        assertThat(signals.trySend(new Signal())).as("they count nevertheless").isFalse();
        assertThat(signals.len()).isEqualTo(3);
        Chan<byte[]> arrays = Chan.make(1);
        arrays.send(new byte[0]);
        assertThat(arrays.recv()).isEmpty();
        Chan<Optional<String>> maybe = Chan.make(1);
        maybe.send(Optional.empty());
        assertThat(maybe.recvOk()).as("an empty value is received").isEqualTo(new Value<>(Optional.empty()));
    }

    /// A received channel is sent on in the same expression.
    @Test
    @Pins({"CH-18", "CH-19"})
    void channelCanCarryChannels() {
        Chan<SendChan<Integer>> mailboxes = Chan.make(1);
        Chan<Integer> box = Chan.make(1);
        mailboxes.send(box);
        assertThat(Selects.trySelect(mailboxes.recv().sending(2))).isInstanceOf(First.class);
        assertThat(box.recv()).isEqualTo(2);
        Chan<RecvChan<Integer>> sources = Chan.make(1);
        sources.send(box);
        box.send(3);
        assertThat(sources.recv().recv()).isEqualTo(3);
    }

    @Test
    @Pins("CH-19")
    void sendTakesTheWholeExpression() {
        Chan<Boolean> chan = Chan.make(1);
        boolean left = false;
        chan.send(left || !left);
        assertThat(chan.recv()).isTrue();
    }
}
