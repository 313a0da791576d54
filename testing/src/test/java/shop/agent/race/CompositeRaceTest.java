package shop.agent.race;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of structs in structs, `comp_test.go`, of `regression_test.go`, `issue12664_test.go` and
/// `reflect_test.go`.
class CompositeRaceTest {

    private static String global = "hi";
    private static int globalNumber;
    private static Object globalObject = 0;

    static final class P {
        int x;
        int y;

        void clear() {
            x = 0;
            y = 0;
        }
    }

    static final class S {
        final P s1 = new P();
        P s2 = new P();

        void clear() {
            s1.clear();
            s2.clear();
        }
    }

    private static Body on(Consumer<S> other, Consumer<S> here) {
        return () -> {
            var s = new S();
            together(() -> other.accept(s), () -> here.accept(s));
        };
    }

    @Test
    void noRaceComp() {
        noRace(on(s -> s.s2.x = 1, s -> s.s2.y = 2));
    }

    @Test
    void noRaceComp2() {
        noRace(on(s -> s.s1.x = 1, s -> s.s1.y = 2));
    }

    @Test
    void raceComp() {
        race(on(s -> s.s2.y = 1, s -> s.s2.y = 2));
    }

    @Test
    void raceComp2() {
        race(on(s -> s.s1.x = 1, S::clear));
    }

    @Test
    void raceComp3() {
        race(on(s -> s.s2.y = 1, S::clear));
    }

    /// The race is on the index.
    @Test
    void raceCompArray() {
        race(() -> {
            P[] all = {new P(), new P()};
            var index = new P();
            together(() -> all[index.x].y = 1, () -> index.x = 1);
        });
    }

    @Test
    void raceConv4() {
        race(() -> {
            P[] all = {new P(), new P()};
            together(() -> all[1].x = 1, () -> use(all[1].x));
        });
    }

    @Test
    void noRaceCompPtr() {
        noRace(on(s -> s.s1.x = 1, s -> s.s1.y = 2));
    }

    /// To copy the reference reads no field of the object.
    @Test
    void noRaceCompPtr2() {
        noRace(on(s -> s.s2.x = 1, s -> use(s.s2)));
    }

    @Test
    void raceCompPtr() {
        race(on(s -> s.s2.x = 1, s -> s.s2.x = 2));
    }

    @Test
    void raceCompPtr2() {
        race(on(s -> s.s2.x = 1, s -> s.s2 = new P()));
    }

    @Test
    void raceIssue12664() {
        race(() -> together(() -> global = "bye", () -> use(global)));
    }

    @Test
    void raceIssue12664_2() {
        race(() -> together(() -> globalNumber = 1, () -> use(Integer.valueOf(globalNumber))));
    }

    @Test
    void raceIssue12664_3() {
        Object zero = 0;
        race(() -> together(() -> globalNumber = 1, () -> globalNumber = (int) zero));
    }

    @Test
    void raceIssue12664_4() {
        Comparable<Integer> zero = 0;
        race(() -> together(() -> globalObject = 1, () -> globalObject = (Integer) zero));
        use(globalObject);
    }

    /// The list is in no variable of the other goroutine.
    @Test
    @SuppressWarnings("SharedCapture") // the other goroutine only passes it on
    void noRaceStackPushPop() {
        noRace(() -> {
            List<Integer> stack = new ArrayList<>();
            go(() -> use((Object) stack));
            stack.add(1);
            use(stack.removeLast());
        });
    }

    private static Chan<Boolean> makeChan(P calls) {
        calls.x++;
        var c = Chan.<Boolean>make(1);
        c.send(true);
        return c;
    }

    /// The function is called once.
    @Test
    void noRaceRpcChan() {
        noRace(() -> {
            var calls = new P();
            assertThat(makeChan(calls).recv()).isTrue();
            assertThat(calls.x).isEqualTo(1);
        });
    }

    /// To return a variable does not write it.
    @Test
    void noRaceReturn() {
        noRace(() -> {
            var done = Chan.<Boolean>make(1);
            use(readAndReturn(done));
            done.recv();
        });
    }

    private static int readAndReturn(Chan<Boolean> done) {
        var p = new P();
        p.x = 42;
        go(() -> {
            use(p.x);
            done.send(true);
        });
        return p.x;
    }
}
