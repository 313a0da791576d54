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
import gofer.fixture.Rounds;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goroutines are cheap. The test starts a million of them in the profile `stress`, and a tenth in other builds.
class MillionTest {

    private static final int ALL = Rounds.of(1_000_000);
    private static final String ROUNDS = "-Dgofer.stress=" + Boolean.getBoolean("gofer.stress"); // for the child, too

    /// The JVM's default. Most other child programs use only the first compiler, whose frames take twice as much memory. Three
    /// quarters of a parked goroutine are frames.
    private static final String COMPILE_ALL = "-XX:TieredStopAtLevel=4";

    static final class Parked {
        static void main(String[] args) {
            Go.main(() -> {
                Chan<Integer> chan = Chan.make();
                LongAdder sum = new LongAdder();
                LongAdder closed = new LongAdder();
                var wg = new WaitGroup();
                wg.add(ALL);
                Goroutine[] all = new Goroutine[ALL];
                for (int i = 0; i < ALL; i++) {
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
                for (int i = 1; i <= ALL / 2; i++) {
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
        // Of fewer goroutines, a larger share parks before the second compiler has compiled their code. Those take
        // twice
        // the memory.
        String heap = Boolean.getBoolean("gofer.stress") ? "-Xmx2g" : "-Xmx512m";
        ChildProgram program = ChildProgram.run(Parked.class, scheduler, heap, COMPILE_ALL, ROUNDS);
        assertThat(program.err()).isEmpty();
        assertThat(program.out())
                .isEqualToIgnoringNewLines(
                        "parked %d\nparagraphs of their dump 2\nsum %d, closed %d\n"
                                .formatted(ALL, ALL / 4L * (ALL / 2 + 1), ALL / 2));
        assertThat(program.status()).isZero();
    }
}
