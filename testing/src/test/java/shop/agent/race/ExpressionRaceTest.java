package shop.agent.race;

import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.goroutine.Body;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of memory operations, `mop_test.go`: operators, assignments, initializers, exceptions.
class ExpressionRaceTest {

    private static Body two(Consumer<Vars> other, Consumer<Vars> here) {
        return () -> {
            var v = new Vars();
            together(() -> other.accept(v), () -> here.accept(v));
        };
    }

    /// Writes x in a goroutine, and reads variables in an expression.
    private static Body expression(Function<Vars, Object> here) {
        return two(v -> v.x = 1, v -> use(here.apply(v)));
    }

    @Test
    void racePlus() {
        race(two(v -> v.y = v.x + v.z, v -> v.y = v.x + v.z + v.z));
    }

    @Test
    void racePlus2() {
        race(expression(v -> +v.x + v.z));
    }

    @Test
    void noRacePlus() {
        noRace(() -> {
            var v = new Vars();
            var sums = new Vars();
            goroutines(() -> sums.x = v.x + v.z, () -> sums.y = v.z + v.x);
        });
    }

    @Test
    void raceComplement() {
        race(expression(v -> ~v.x));
    }

    @Test
    void raceDiv() {
        race(expression(v -> v.x / (v.z + 1)));
    }

    @Test
    void raceDivConst() {
        race(expression(v -> v.x / 3));
    }

    @Test
    void raceMod() {
        race(expression(v -> v.x % (v.z + 1)));
    }

    @Test
    void raceModConst() {
        race(expression(v -> v.x % 3));
    }

    @Test
    void raceRotate() {
        race(expression(v -> v.x << 12 | v.x >>> 20));
    }

    @Test
    void raceAnd() {
        race(expression(v -> v.x == 1 && v.y == 1));
    }

    @Test
    void raceAnd2() {
        race(expression(v -> v.y == 0 && v.x == 1));
    }

    @Test
    void noRaceAnd() {
        noRace(expression(v -> v.y == 1 && v.x == 1));
    }

    @Test
    void raceOr() {
        race(expression(v -> v.x == 1 || v.y == 1));
    }

    @Test
    void raceOr2() {
        race(expression(v -> v.y == 1 || v.x == 1));
    }

    @Test
    void noRaceOr() {
        noRace(expression(v -> v.y == 0 || v.x == 1));
    }

    @Test
    void noRaceShortCalc() {
        noRace(expression(v -> v.z == 0 || v.x == 0));
    }

    @Test
    void noRaceShortCalc2() {
        noRace(expression(v -> v.z == 1 && v.x == 0));
    }

    /// The result of a call, which is assigned to two variables.
    private record Two(int one, int other) {}

    private static void assignBoth(Vars v) {
        var two = new Two(42, 43);
        v.x = two.one;
        v.y = two.other;
    }

    private static void assignObjects(Vars v) {
        var two = new Two(42, 43);
        v.o = two;
        v.y = two.other;
    }

    private static void assignSecondObject(Vars v) {
        var two = new Two(42, 43);
        v.x = two.one;
        v.o = two;
    }

    @Test
    void raceBlockAs() {
        race(
                two(
                        v -> v.x = 42,
                        v -> {
                            int x = v.x;
                            v.x = v.y;
                            v.y = x;
                        }));
    }

    @Test
    void raceBlockCall1() {
        race(two(ExpressionRaceTest::assignBoth, v -> use(v.x)));
    }

    @Test
    void raceBlockCall2() {
        race(two(ExpressionRaceTest::assignBoth, v -> use(v.y)));
    }

    @Test
    void raceBlockCall3() {
        race(two(ExpressionRaceTest::assignObjects, v -> use(v.o)));
    }

    @Test
    void raceBlockCall4() {
        race(two(ExpressionRaceTest::assignSecondObject, v -> use(v.o)));
    }

    @Test
    void raceBlockCall6() {
        race(two(ExpressionRaceTest::assignSecondObject, v -> use(v.x)));
    }

    @Test
    void raceBlockCall5() {
        race(two(ExpressionRaceTest::assignObjects, v -> use(v.y)));
    }

    /// Both goroutines write in the handler of an exception.
    @Test
    void racePanic() {
        race(() -> {
            var v = new Vars();
            Body body =
                    () -> {
                        try {
                            use(1 / v.z);
                        } catch (ArithmeticException zero) {
                            v.x++;
                        }
                    };
            goroutines(body, body);
        });
    }

    /// A variable that holds an exception.
    static final class Failure {
        RuntimeException error = new IllegalStateException("one");
    }

    @Test
    void racePanicArg() {
        race(() -> {
            var h = new Failure();
            together(
                    () -> h.error = new IllegalStateException("two"),
                    () -> {
                        try {
                            throw h.error;
                        } catch (IllegalStateException thrown) {
                            use(thrown);
                        }
                    });
        });
    }

    @Test
    void raceError() {
        race(() -> {
            var h = new Failure();
            together(() -> h.error = new IllegalStateException("two"), () -> use(h.error));
        });
    }

    @Test
    void raceDeferArg() {
        race(
                two(
                        v -> v.x = 42,
                        v -> {
                            int argument = v.x;
                            try {
                                use(v.y);
                            } finally {
                                use(argument);
                            }
                        }));
    }

    @Test
    void raceDeferArg2() {
        race(
                two(
                        v -> v.s = "b",
                        v -> {
                            try {
                                use(v.y);
                            } finally {
                                use(v.s.length());
                            }
                        }));
    }

    @Test
    void raceArrayInit() {
        race(expression(v -> new int[] {0, v.x, 42}));
    }

    @Test
    void raceMapInit() {
        race(expression(v -> new HashMap<>(Map.of(v.x + 1, 42))));
    }

    @Test
    void raceMapInit2() {
        race(expression(v -> new HashMap<>(Map.of(42, v.x))));
    }

    @Test
    void raceStructInit() {
        race(expression(v -> new Two(v.x, 0)));
    }
}
