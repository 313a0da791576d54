package gofer.conformance.goroutine;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import gofer.Go;
import gofer.chan.Chan;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.group.ErrGroup;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Tests how a goroutine begins.
class StartTest {

    static final class GoNil {
        @SuppressWarnings("NullAway")
        static void main(String[] args) {
            Go.main(() -> {
                Body nothing = null;
                go(nothing);
                IO.println("not reached");
            });
        }
    }

    private Thread evaluator = new Thread();

    @Test
    @Pins("GO-01")
    void bodyIsEvaluatedInTheCaller() {
        Chan<Thread> runner = Chan.make(1);
        Goroutine goroutine = go(printer(runner)::print);
        assertThat(evaluator).isSameAs(Thread.currentThread());
        assertThat(runner.recv()).isSameAs(goroutine.thread());
    }

    private record Printer(Chan<Thread> out) {
        void print() {
            out.send(Thread.currentThread());
        }
    }

    private Printer printer(Chan<Thread> out) {
        evaluator = Thread.currentThread();
        return new Printer(out);
    }

    /// Each iteration of a loop has variables of its own.
    @Test
    @Pins("GO-01")
    void eachGoroutineHasItsOwnArguments() {
        Chan<Integer> seen = Chan.make();
        for (int i = 0; i < 1000; i++) {
            int own = i;
            go(() -> seen.send(own));
        }
        BitSet all = new BitSet();
        for (int i = 0; i < 1000; i++) {
            all.set(seen.recv());
        }
        assertThat(all.cardinality()).isEqualTo(1000);
        assertThat(all.length()).isEqualTo(1000);
    }

    /// The call does not wait for the body, and the body does not wait for the end of its starter.
    @Test
    @Pins("GO-01")
    void runsIndependentlyOfItsStarter() {
        Chan<Integer> never = Chan.make();
        Chan<Goroutine> children = Chan.make(1);
        try (var crew = new Crew()) {
            Goroutine parent = crew.go(() -> children.send(crew.go(never::recv)));
            Eventually.ended(parent);
            Goroutine child = children.recv();
            Eventually.blocked(child, WaitReason.CHAN_RECEIVE);
            never.send(1);
            Eventually.ended(child);
        }
    }

    /// `rt/crash_test.go: TestGoNil`. In Go it is a fatal error, in Java a NullPointerException.
    @Test
    @Pins("GO-02")
    void nullBodyIsRejected() {
        ChildProgram program = ChildProgram.run(GoNil.class);
        assertThat(program.out()).isEmpty();
        assertThat(program.err())
                .startsWith("panic: java.lang.NullPointerException: go of nil func value")
                .contains("goroutine 1 \"main\" [running]:");
        assertThat(program.status()).isEqualTo(2);
    }

    /// A rejected call changes nothing: for example, it leaves no count in a wait group.
    @Test
    @Pins("GO-02")
    @SuppressWarnings("NullAway")
    void everyWayToStartRejectsNull() throws Throwable {
        WaitGroup wg = new WaitGroup();
        ErrGroup group = new ErrGroup();
        List<Consumer<Body>> ways =
                List.of(
                        Go::go,
                        body -> go("name", body),
                        wg::go,
                        body -> wg.go("name", body),
                        group::go,
                        body -> {
                            var _ = group.tryGo(body);
                        },
                        body -> afterFunc(Duration.ZERO, body));
        for (Consumer<Body> way : ways) {
            assertThatNullPointerException().isThrownBy(() -> way.accept(null)).withMessageContaining("nil func value");
        }
        wg.await();
        group.await();
    }
}
