package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Selects;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Many goroutines, many waits: `goroutines.go`, `select2.go`, `chanlinear.go`.
class ScaleTest {

    @Test
    @Pins("CH-21")
    void valuePassesThroughAChainOfTenThousand() { // goroutines.go
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
                    var _ = Selects.select(data.sending(i), idle.sending(i));
                }
            });
            for (int i = 0; i < values; i++) {
                var _ = Selects.select(data, idle);
                if (i == values - 1) {
                    assertThat(idle.len()).isZero();
                }
            }
        }
    }

    /// Many goroutines wait on one idle channel and leave its queue in turn, from any position. If leaving traversed the queue,
    /// sixteen times as many goroutines would take far more than sixteen times as long.
    @Test
    @Pins("CH-21")
    void leavingALongQueueDoesNotTraverseIt() { // chanlinear.go
        double growth = Double.MAX_VALUE;
        for (int attempt = 0; attempt < 5 && growth > 64; attempt++) { // other processes may use the processor
            long few = nanosToLeave(6_000);
            growth = Math.min(growth, (double) nanosToLeave(96_000) / few);
        }
        assertThat(growth).as("times as long for 16 times as many").isLessThan(64);
    }

    private static long nanosToLeave(int crowd) {
        Chan<Integer> idle = Chan.make();
        List<Chan<Integer>> own = new ArrayList<>();
        try (var crew = new Crew()) {
            List<Goroutine> waiting = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                Chan<Integer> mine = Chan.make();
                own.add(mine);
                waiting.add(
                        crew.go(() -> {
                            var _ = Selects.select(idle, mine);
                        }));
            }
            waiting.forEach(goroutine -> Eventually.blocked(goroutine, WaitReason.SELECT));
            Collections.shuffle(own, new Random(crowd));
            long start = System.nanoTime();
            own.forEach(chan -> chan.send(1));
            crew.join();
            assertThat(idle.trySend(1)).as("no waiter is left").isFalse();
            return System.nanoTime() - start;
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
