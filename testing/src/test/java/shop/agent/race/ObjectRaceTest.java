package shop.agent.race;

import static gofer.Go.go;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of memory operations, `mop_test.go`: structs, pointers, interfaces and methods. A pointer to a
/// variable is the object that has it as a field. A struct that is copied is copied field by field.
class ObjectRaceTest {

    static final class Point {
        int x;
        int y;

        void set(Point p) {
            x = p.x;
            y = p.y;
        }

        Point copy() {
            var copy = new Point();
            copy.set(this);
            return copy;
        }
    }

    /// An object in another one.
    static final class NamedPoint {
        String name = "a";
        Point p = new Point();
        final Point fixed = new Point();
    }

    interface Shape {
        void draw(int n);
    }

    static final class Circle implements Shape {
        int radius;

        @Override
        public void draw(int n) {
            use(n);
        }

        int area() {
            return radius * radius;
        }
    }

    /// Variables of the type of an interface, of a class, and of all objects.
    static final class Shapes {
        Shape shape = new Circle();
        Circle circle = new Circle();
        Object any = 1;
        String text = "hello";
        int n;
    }

    private static Body points(Consumer<NamedPoint> other, Consumer<NamedPoint> here) {
        return () -> {
            var p = new NamedPoint();
            together(() -> other.accept(p), () -> here.accept(p));
        };
    }

    private static Body shapes(Consumer<Shapes> other, Consumer<Shapes> here) {
        return () -> {
            var s = new Shapes();
            together(() -> other.accept(s), () -> here.accept(s));
        };
    }

    @Test
    void raceStructRW() {
        race(points(p -> p.fixed.set(new Point()), p -> use(p.fixed.copy())));
    }

    @Test
    void raceStructFieldRW1() {
        race(points(p -> p.fixed.x = 1, p -> use(p.fixed.x)));
    }

    @Test
    void noRaceStructFieldRW1() {
        noRace(points(p -> p.fixed.x = 1, p -> p.fixed.y = 1));
    }

    @Test
    void noRaceStructFieldRW2() {
        noRace(points(p -> p.p.x = 1, p -> p.p.y = 1));
    }

    @Test
    void raceStructFieldRW2() {
        race(points(p -> p.p.x = 1, p -> use(p.p.x)));
    }

    @Test
    void raceStructFieldRW3() {
        race(() -> {
            var p = new NamedPoint();
            p.name = "b";
            together(() -> p.fixed.x = 1, () -> use(p.name + p.fixed.x));
        });
    }

    @Test
    void raceStructInd() {
        race(points(p -> p.fixed.set(new Point()), p -> p.fixed.y = 42));
    }

    @Test
    void raceNestedStruct() {
        race(() -> {
            var p = new NamedPoint();
            var c = Chan.<Point>make(1);
            together(() -> c.send(p.fixed.copy()), () -> p.fixed.y = 42);
        });
    }

    @Test
    void noRaceEmptyStruct() {
        noRace(points(p -> use(p.fixed.copy()), p -> p.name = "b"));
    }

    @Test
    void raceSliceStruct() {
        race(() -> copyWhileWriting(10));
    }

    @Test
    void raceAppendSliceStruct() {
        race(() -> copyWhileWriting(0));
    }

    /// Copies points to the end of an array that has `length` more elements.
    private static void copyWhileWriting(int length) throws Throwable {
        Point[] points = {new Point(), new Point()};
        together(
                () -> {
                    Point[] copies = new Point[length + points.length];
                    for (int i = 0; i < points.length; i++) copies[length + i] = points[i].copy();
                },
                () -> points[1].y = 42);
    }

    @Test
    void raceEfaceWW() {
        race(shapes(s -> s.any = 1, s -> s.any = 2));
    }

    @Test
    void raceIfaceWW() {
        race(shapes(s -> s.shape = new Circle(), s -> s.shape = new Circle()));
    }

    @Test
    void raceIfaceCmp() {
        race(shapes(s -> s.shape = new Circle(), s -> use(s.shape == s.circle)));
    }

    @Test
    void raceIfaceCmpNil() {
        race(shapes(s -> s.shape = new Circle(), s -> use(s.shape == null)));
    }

    /// The argument of the inner goroutine is read by the outer one.
    @Test
    void raceEfaceConv() {
        race(
                shapes(
                        s -> {
                            Object argument = s.n;
                            goroutines(() -> use(argument));
                        },
                        s -> s.n = 42));
    }

    @Test
    void raceIfaceConv() {
        race(
                shapes(
                        s -> {
                            Shape argument = s.circle;
                            goroutines(() -> use(argument));
                        },
                        s -> s.circle = new Circle()));
    }

    @Test
    void raceIntptrRW() {
        race(() -> {
            var x = new Point();
            Point pointer = x;
            together(
                    () -> pointer.x = 5,
                    () -> {
                        int y = pointer.x;
                        x.x = y;
                    });
        });
    }

    @Test
    void raceStringRW() {
        race(shapes(s -> s.text = "b", s -> use(s.text)));
    }

    @Test
    void raceStringPtrRW() {
        race(() -> {
            var s = new Shapes();
            Shapes pointer = s;
            together(() -> pointer.text = "a", () -> use(pointer.text));
        });
    }

    @Test
    void raceEmptyInterface1() {
        race(shapes(s -> s.any = 0, s -> use(s.any)));
    }

    @Test
    void raceEmptyInterface2() {
        race(shapes(s -> s.any = new Point(), s -> use(s.any)));
    }

    @Test
    void raceInterCall() {
        race(shapes(s -> s.shape = new Circle(), s -> s.shape.draw(0)));
    }

    @Test
    void raceInterCall2() {
        race(shapes(s -> s.n = 42, s -> s.shape.draw(s.n)));
    }

    private static void sum(int a, int b) {
        use(a + b);
    }

    @Test
    void raceFuncCall() {
        race(shapes(s -> s.n = 42, s -> sum(0, s.n)));
    }

    @Test
    void raceMethodCall() {
        race(shapes(s -> s.n = 42, s -> s.circle.draw(s.n)));
    }

    @Test
    void raceMethodCall2() {
        race(shapes(s -> s.circle = new Circle(), s -> s.circle.draw(0)));
    }

    @Test
    void raceMethodValue() {
        race(shapes(s -> s.circle = new Circle(), s -> use(method(s.circle::draw))));
    }

    @Test
    void raceMethodValue2() {
        race(shapes(s -> s.shape = new Circle(), s -> use(method(s.shape::draw))));
    }

    /// A method reference of a fixed object reads no variable.
    @Test
    void noRaceMethodValue() {
        noRace(() -> {
            var circle = new Circle();
            together(() -> circle.radius = 1, () -> use(method(circle::draw)));
        });
    }

    private static IntConsumer method(IntConsumer method) {
        return method;
    }

    @Test
    void noRaceAddrExpr() {
        noRace(() -> {
            var p = new Point();
            together(() -> p.x = 42, () -> use((Object) p));
        });
    }

    @Test
    void raceAddrExpr() {
        race(points(p -> p.p = new Point(), p -> use((Object) p.p)));
    }

    @Test
    void raceTypeAssert() {
        race(shapes(s -> s.any = 0, s -> use((int) s.any)));
    }

    @Test
    void raceSliceString() {
        race(shapes(s -> s.text = "world", s -> use(s.text.substring(2, 3))));
    }

    /// The result of a function that is written after the function has returned.
    @Test
    void raceHeapParam() {
        race(() -> {
            var done = Chan.<Boolean>make(1);
            Point result = startWriter(done);
            use(result.x);
            done.recv();
        });
    }

    private static Point startWriter(Chan<Boolean> done) {
        var result = new Point();
        go(() -> {
            result.x = 42;
            done.send(true);
        });
        return result;
    }

    /// An object that delegates to another.
    static final class Derived {
        Circle base = new Circle();

        int area() {
            return base.area();
        }
    }

    @Test
    void raceMethodThunk() {
        race(() -> {
            var d = new Derived();
            together(() -> use(d.area()), () -> d.base = new Circle());
        });
    }

    @Test
    void raceMethodThunk4() {
        race(() -> {
            var d = new Derived();
            together(() -> use(d.area()), () -> d.base.radius = 42);
        });
    }
}
