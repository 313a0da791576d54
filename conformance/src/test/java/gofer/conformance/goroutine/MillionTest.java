package gofer.conformance.goroutine;

import static gofer.Go.numGoroutine;
import static gofer.Go.stacks;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Value;
import gofer.conformance.ChildProgram;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goroutines are cheap.
class MillionTest {

    /// The JVM's default, unlike in most child programs here. The frames of the first compiler take twice as much memory, and
    /// three quarters of a parked goroutine are frames.
    private static final String COMPILE_ALL = "-XX:TieredStopAtLevel=4";

    static final class Parked {
        private static final int MILLION = 1_000_000;

        static void main(String[] args) {
            Go.main(() -> {
                Chan<Integer> chan = Chan.make();
                LongAdder sum = new LongAdder();
                LongAdder closed = new LongAdder();
                var wg = new WaitGroup();
                wg.add(MILLION);
                Goroutine[] all = new Goroutine[MILLION];
                for (int i = 0; i < MILLION; i++) {
                    all[i] =
                            Go.go(() -> {
                                switch (chan.recvOk()) {
                                    case Value(var value) -> sum.add(value);
                                    case Closed() -> closed.increment();
                                }
                                wg.done();
                            });
                }
                for (Goroutine goroutine : all) {
                    Eventually.blocked(goroutine, WaitReason.CHAN_RECEIVE);
                }
                IO.println("parked " + (numGoroutine() - 1));
                IO.println("paragraphs of their dump " + stacks().split("\n\n").length);
                for (int i = 1; i <= MILLION / 2; i++) {
                    chan.send(i);
                }
                chan.close();
                wg.await();
                IO.println("sum " + sum + ", closed " + closed);
            });
        }
    }

    /// Half of the goroutines get a value, the others find the channel closed. There is memory for a dump of all of them.
    @ParameterizedTest
    @ValueSource(strings = {ChildProgram.JDK_SCHEDULER, ChildProgram.OWN_SCHEDULER})
    @Timeout(300)
    void millionGoroutinesWaitWithinTwoGigabytes(String scheduler) {
        ChildProgram program = ChildProgram.run(Parked.class, scheduler, "-Xmx2g", COMPILE_ALL);
        assertThat(program.err()).isEmpty();
        assertThat(program.out())
                .isEqualToIgnoringNewLines(
                        "parked 1000000\nparagraphs of their dump 2\nsum 125000250000, closed 500000\n");
        assertThat(program.status()).isZero();
    }
}
