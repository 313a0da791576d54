package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Arm;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Default;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.chan.SendChan;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tests when the operands of a communication are evaluated: `select.go`, `select4.go`, `select5.go`.
class EvaluationTest {

    private final List<String> trace = new ArrayList<>();
    private final Chan<Integer> full = Chan.make();

    @Test
    @Pins("CH-19")
    void channelAndValueAreEvaluatedBeforeTheCommunication() {
        Chan<Integer> chan = Chan.make(1);
        channel("channel", chan).send(value("value"));
        assertThat(trace).containsExactly("channel", "value");
        try (var crew = new Crew()) {
            Eventually.blocked(crew.go(() -> channel("later", chan).send(value("too"))), WaitReason.CHAN_SEND);
            assertThat(trace).as("while the send waits").endsWith("later", "too");
            chan.recv();
        }
    }

    @Test
    @Pins("SE-01")
    void selectEvaluatesAllOperandsOnceInOrder() {
        Chan<Integer> ready = Chan.make(1);
        ready.send(1);
        var _ =
                Selects.select(
                        sending("c1", full, "v1"),
                        receiving("c2", ready),
                        sending("c3", full, "v3"),
                        receiving("c4", full));
        assertThat(trace).containsExactly("c1", "v1", "c2", "c3", "v3", "c4");
        trace.clear();
        assertThat(Selects.trySelect(receiving("c1", full), sending("c2", full, "v2"))).isEqualTo(new Default<>());
        assertThat(trace).as("also if no arm is ready").containsExactly("c1", "c2", "v2");
        trace.clear();
        var _ = Selects.trySelect(sending("off", full.when(false), "too"));
        assertThat(trace).as("also of a disabled arm").containsExactly("off", "too");
    }

    @Test
    @Pins("SE-01")
    void targetOfAReceiveIsEvaluatedOnlyIfItsArmIsChosen() {
        Chan<Integer> ready = Chan.make(1);
        ready.send(7);
        int[] slots = new int[3];
        switch (Selects.select(full, ready)) {
            case First(Value(var v)) -> slots[value("first")] = v;
            case Second(Value(var v)) -> slots[value("second")] = v;
            case First(Closed()), Second(Closed()) -> throw new AssertionError("closed");
        }
        assertThat(trace).containsExactly("second");
        assertThat(slots).containsExactly(0, 7, 0);
    }

    private Arm<?> sending(String channel, SendChan<Integer> chan, String value) {
        return channel(channel, chan).sending(value(value));
    }

    private Arm<?> receiving(String channel, RecvChan<Integer> chan) {
        return channel(channel, chan);
    }

    private <C> C channel(String name, C chan) {
        trace.add(name);
        return chan;
    }

    private int value(String name) {
        trace.add(name);
        return 1;
    }
}
