package shop.agent.race;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.goroutine.Body;
import gofer.sync.Mutex;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of memory operations, `mop_test.go`: functions, their arguments and their results.
class CallRaceTest {

    private static Body two(Consumer<Vars> other, Consumer<Vars> here) {
        return () -> {
            var v = new Vars();
            together(() -> other.accept(v), () -> here.accept(v));
        };
    }

    private static void ignore(int value) {
        use(value);
    }

    @Test
    void raceFuncArgument() {
        race(two(v -> ignore(v.x), v -> v.x = 1));
    }

    /// The argument of the second goroutine is read when it is started.
    @Test
    void raceFuncArgument2() {
        race(() -> {
            var v = new Vars();
            together(
                    () -> v.x = 42,
                    () -> {
                        int argument = v.x;
                        goroutines(() -> use(argument));
                    });
        });
    }

    @Test
    void noRaceFuncArgsRW() {
        noRace(() -> {
            var v = new Vars();
            int argument = v.x;
            together(() -> use(argument), () -> v.x = 1);
        });
    }

    @Test
    void raceSprint() {
        race(two(v -> use("x is " + v.x), v -> v.x = 1));
    }

    /// A variable that holds a function.
    static final class Function1 {
        IntUnaryOperator f = x -> x * x;
    }

    @Test
    void raceFuncVariableRW() {
        race(() -> {
            var h = new Function1();
            together(() -> h.f = x -> x, () -> use(h.f.applyAsInt(1)));
        });
    }

    @Test
    void raceFuncVariableWW() {
        race(() -> {
            var h = new Function1();
            together(() -> h.f = x -> x, () -> h.f = x -> x + 1);
        });
    }

    @Test
    void raceFuncItself() {
        race(() -> {
            var h = new Function1();
            together(() -> use(h.f.applyAsInt(1)), () -> h.f = x -> 0);
        });
    }

    /// The lock is taken inside the function, before the write of its result.
    @Test
    void noRaceFuncUnlock() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            together(
                    () -> {
                        mu.lock();
                        v.x = 42;
                        mu.unlock();
                    },
                    () -> {
                        v.x = lockAndReturn(mu, 43);
                        mu.unlock();
                    });
        });
    }

    private static int lockAndReturn(Mutex mu, int value) {
        mu.lock();
        return value;
    }

    @Test
    void noRaceAsFunc4() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            Body body =
                    () -> {
                        v.x = lockAndReturn(mu, 42);
                        mu.unlock();
                    };
            together(body, body);
        });
    }

    @Test
    void raceAsFunc2() {
        race(two(v -> ignore(v.x), v -> v.x = 42));
    }

    /// The argument is read before the function takes the lock.
    @Test
    void raceAsFunc3() {
        race(() -> {
            var v = new Vars();
            var mu = new Mutex();
            together(
                    () -> {
                        use(lockAndReturn(mu, v.x));
                        mu.unlock();
                    },
                    () -> {
                        mu.lock();
                        v.x = 42;
                        mu.unlock();
                    });
        });
    }

    @Test
    void raceAsFunc1() {
        race(two(v -> v.s = "hello world", v -> use(v.s.getBytes(US_ASCII))));
    }
}
