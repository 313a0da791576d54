package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Selects;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import org.junit.jupiter.api.Test;

/// Many goroutines, many waits: `goroutines.go`, `select2.go`, `chanlinear.go`.
class ScaleTest {

    @Test
    @Pins("CH-21")
    void aValuePassesThroughAChainOfTenThousand() { // goroutines.go
        int length = 10_000;
        Chan<Integer> end = Chan.make();
        Chan<Integer> left = end;
        for (int i = 0; i < length; i++) {
            Chan<Integer> to = left;
            Chan<Integer> from = Chan.make();
            Go.go(() -> to.send(1 + from.recv()));
            left = from;
        }
        left.send(0);
        assertThat(end.recv()).isEqualTo(length);
    }

    @Test
    @Pins("CH-21")
    void selectsLeaveNoMemoryBehind() { // select2.go
        Chan<Integer> data = Chan.make();
        Chan<Integer> idle = Chan.make();
        pump(data, idle, 10_000);
        long before = used();
        pump(data, idle, 100_000);
        assertThat(used() - before).as("bytes for 100,000 selects").isLessThan(1_000_000);
    }

    private static void pump(Chan<Integer> data, Chan<Integer> idle, int values) {
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < values; i++) {
                    Selects.select(data.sending(i), idle.sending(i));
                }
            });
            for (int i = 0; i < values; i++) {
                Selects.select(data, idle);
                if (i == values - 1) {
                    assertThat(idle.len()).isZero();
                }
            }
        }
    }

    /// Each goroutine of a crowd waits on the same two channels and leaves the queue of one from its middle: if that
    /// cost a walk through the queue, all would cost the square of their number.
    @Test
    @Pins("CH-21")
    void leavingALongQueueCostsNoWalk() { // chanlinear.go
        int crowd = 100_000;
        Chan<Integer> both = Chan.make();
        Chan<Integer> none = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < crowd; i++) {
                crew.go(() -> Selects.select(both, none));
            }
            for (int i = 0; i < crowd; i++) {
                both.send(i);
            }
        }
        assertThat(none.trySend(1)).as("nobody is left there").isFalse();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
