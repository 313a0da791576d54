package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.Selects;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import org.junit.jupiter.api.Test;

/// Attempts that do not wait: `nonblock.go`, `TestNonblockRecvRace`, `TestNonblockSelectRace`.
class NonblockTest {

    private static final int ROUNDS = 20_000;

    @Test
    @Pins({"CH-14", "SE-04"})
    void anAttemptSucceedsExactlyIfThePartnerIsThere() { // nonblock.go
        Chan<String> chan = Chan.make();
        assertThat(chan.tryRecv()).isEqualTo(new Empty<>());
        assertThat(chan.trySend("nobody")).isFalse();
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

    /// A value is in the channel, or the channel is closed, at every moment: an attempt to receive finds one of them.
    @Test
    @Pins("CH-14")
    void anAttemptToReceiveFindsTheValueOrTheClosing() {
        for (int i = 0; i < ROUNDS; i++) {
            Chan<Integer> chan = Chan.make(1);
            chan.send(1);
            try (var crew = new Crew()) {
                crew.go(() -> assertThat(chan.tryRecv()).isNotEqualTo(new Empty<>()));
                chan.close();
                chan.recvOk();
            }
        }
    }

    /// At every moment one of the two channels is ready: the default must not be taken.
    @Test
    @Pins({"CH-14", "SE-09"})
    void aSelectSeesAllItsChannelsAtOneMoment() {
        for (int i = 0; i < ROUNDS; i++) {
            Chan<Integer> one = Chan.make(1);
            Chan<Integer> two = Chan.make(1);
            one.send(1);
            try (var crew = new Crew()) {
                crew.go(() -> assertThat(Selects.trySelect(one, two)).isNotInstanceOf(Default.class));
                two.send(1);
                one.tryRecv();
            }
        }
    }

    @Test
    @Pins({"CH-14", "SE-09"})
    void aSelectSeesAClosingAtThatMomentToo() {
        for (int i = 0; i < ROUNDS; i++) {
            Chan<Integer> one = Chan.make(1);
            Chan<Integer> two = Chan.make();
            one.send(1);
            try (var crew = new Crew()) {
                crew.go(() -> assertThat(Selects.trySelect(one, two)).isNotInstanceOf(Default.class));
                two.close();
                one.tryRecv();
            }
        }
    }
}
