package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Fifth;
import gofer.chan.First;
import gofer.chan.Fourth;
import gofer.chan.Received;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Selects;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.sync.WaitGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A select performs exactly one communication: `doubleselect.go`, `TestSelectStress`.
class DoubleSelectTest {

    private static final int VALUES = 100_000;

    /// A sender offers each value on four channels at once. Two goroutines merge them in pairs, and one receives all.
    @Test
    @Pins("SE-07")
    void valueOfferedInSeveralArmsIsReceivedOnce() {
        Chan<Integer> a = Chan.make();
        Chan<Integer> b = Chan.make();
        Chan<Integer> c = Chan.make();
        Chan<Integer> d = Chan.make();
        Chan<Integer> all = Chan.make();
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < VALUES; i++) {
                    var _ = Selects.select(a.sending(i), b.sending(i), c.sending(i), d.sending(i));
                }
                a.close();
                b.close();
                c.close();
                d.close();
            });
            var muxes = new WaitGroup();
            muxes.go(() -> merge(a, b, all));
            muxes.go(() -> merge(c, d, all));
            crew.go(() -> {
                muxes.await();
                all.close();
            });
            boolean[] seen = new boolean[VALUES];
            int count = 0;
            for (int value : all) {
                assertThat(seen[value]).as("value %d again", value).isFalse();
                seen[value] = true;
                count++;
            }
            assertThat(count).isEqualTo(VALUES);
        }
    }

    private static void merge(RecvChan<Integer> left, RecvChan<Integer> right, Chan<Integer> out) {
        boolean leftOpen = true;
        boolean rightOpen = true;
        while (leftOpen || rightOpen) {
            Received<Integer> received;
            boolean isLeft;
            switch (Selects.select(left.when(leftOpen), right.when(rightOpen))) {
                case First(var r) -> {
                    received = r;
                    isLeft = true;
                }
                case Second(var r) -> {
                    received = r;
                    isLeft = false;
                }
            }
            switch (received) {
                case Value(var value) -> out.send(value);
                case Closed() -> {
                    leftOpen &= !isLeft;
                    rightOpen &= isLeft;
                }
            }
        }
    }

    /// Ten goroutines use four channels, in plain operations and in selects over all four, as often for sending as for
    /// receiving.
    @Test
    @Pins({"CH-21", "SE-07"})
    void plainOperationsAndSelectsMix() { // TestSelectStress
        int operations = 10_000;
        Chan<Integer> a = Chan.make();
        Chan<Integer> b = Chan.make();
        Chan<Integer> c = Chan.make(2);
        Chan<Integer> d = Chan.make(3);
        AtomicLong balance = new AtomicLong();
        Chan<Void> sent = Chan.make();
        Chan<Void> received = Chan.make();
        try (var receivingSelects = new Crew()) {
            receivingSelects.go(() -> {
                for (boolean more = true; more; ) {
                    int got =
                            switch (Selects.select(a, b, c, d, received)) {
                                case First(Value(var v)) -> v;
                                case Second(Value(var v)) -> v;
                                case Third(Value(var v)) -> v;
                                case Fourth(Value(var v)) -> v;
                                default -> {
                                    more = false;
                                    yield 0;
                                }
                            };
                    balance.addAndGet(-got);
                }
            });
            try (var sendingSelects = new Crew()) {
                sendingSelects.go(() -> {
                    for (int i = 0, last = -1; last != i; ) {
                        switch (Selects.select(a.sending(i), b.sending(i), c.sending(i), d.sending(i), sent)) {
                            case Fifth(_) -> last = i;
                            default -> balance.addAndGet(i++);
                        }
                    }
                });
                try (var plain = new Crew()) { // the selects go on while one of them waits
                    for (Chan<Integer> chan : List.of(a, b, c, d)) {
                        plain.go(() -> {
                            for (int i = 0; i < operations; i++) {
                                chan.send(i);
                                balance.addAndGet(i);
                            }
                        });
                        plain.go(() -> {
                            for (int i = 0; i < operations; i++) {
                                balance.addAndGet(-chan.recv());
                            }
                        });
                    }
                }
                sent.close();
            }
            received.close();
        }
        for (Chan<Integer> buffered : List.of(c, d)) {
            buffered.close();
            buffered.forEach(left -> balance.addAndGet(-left));
        }
        assertThat(balance).hasValue(0);
    }
}
