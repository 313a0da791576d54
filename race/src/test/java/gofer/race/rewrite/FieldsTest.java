package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldsTest {

    @Test
    void anAccessOfAFieldIsRecordedAtItsLine() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            int total;
                            static int run() {
                                var main = new Main();
                                main.total = 3;
                                return main.total;
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("writeField Main.total @5", "readField Main.total @6");
    }

    @ParameterizedTest
    @CsvSource({
        "boolean, true",
        "byte, 1",
        "char, 'c'",
        "short, 2",
        "int, 3",
        "long, 4L",
        "float, 5f",
        "double, 6.0",
        "String, \"s\"",
        "'int[]', new int[2].clone()"
    })
    void eachTypeOfFieldHasAccessors(String type, String value) {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            TYPE one;
                            static TYPE two;
                            static Object run() {
                                var main = new Main();
                                main.one = VALUE;
                                two = main.one;
                                return (Object) two != null;
                            }
                        }
                        """
                                .replace("TYPE", type)
                                .replace("VALUE", value.equals("c") ? "'c'" : value));
        assertThat(program.run())
                .filteredOn(call -> !call.contains("Elements"))
                .containsExactly(
                        "writeField Main.one @6",
                        "readField Main.one @7",
                        "writeField Main.two static(Main) @7",
                        "readField Main.two static(Main) @8");
    }

    @ParameterizedTest
    @CsvSource({
        "total++, 0, 0",
        "total++; shared++, 1, 4",
        "for (int i = 0; i < 3; i++) { long twice = 2L * i; shared += twice; }, 1, 6",
        "do { total++; } while (total < 3), 1, 9"
    })
    void aMethodWithManyAccessesFindsTheStrandOnce(String body, int strands, int epochs) {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            int total;
                            static long shared;
                            static Object run() { new Main().change(); return 0; }
                            synchronized void change() { BODY; }
                        }
                        """
                                .replace("BODY", body));
        program.run();
        assertThat(RecordedHooks.strands()).isEqualTo(strands);
        assertThat(RecordedHooks.epochs()).isEqualTo(epochs);
    }

    @Test
    void anInheritedFieldBelongsToItsClass() {
        var program =
                Rewritten.of(
                        """
                        class Base { protected long total; static double rate; }
                        class Middle extends Base {}
                        class Main extends Middle {
                            static Object run() {
                                Middle middle = new Main();
                                middle.total += 3;
                                Middle.rate = 0.5;
                                return middle.total + Main.rate;
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "readField Base.total @6",
                        "writeField Base.total @6",
                        "writeField Base.rate static(Base) @7",
                        "readField Base.total @8",
                        "readField Base.rate static(Base) @8");
    }

    @Test
    void nestMatesReachPrivateFields() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            private static final class Cell<T> { private T value; private static int count; }
                            static Object run() {
                                var cell = new Cell<String>();
                                cell.value = "s";
                                Runnable counting = () -> Cell.count++;
                                counting.run();
                                return cell.value.length();
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "writeField Main$Cell.value @5",
                        "readField Main$Cell.count static(Main$Cell) @6",
                        "writeField Main$Cell.count static(Main$Cell) @6",
                        "readField Main$Cell.value @8");
    }

    @Test
    void finalFieldsAndConstantsAreNotRecorded() {
        var program =
                Rewritten.of(
                        """
                        interface Limits { Object LIMIT = Integer.valueOf(3); }
                        enum Color { RED }
                        record Point(int x, int y) {}
                        class Main implements Limits {
                            final int one = Integer.parseInt("1");
                            static Object run() {
                                assert Color.RED != null;
                                return "" + LIMIT.equals(3) + Color.RED.name() + new Point(1, 2).x() + new Main().one;
                            }
                        }
                        """);
        assertThat(program.run()).noneMatch(call -> call.contains("Field"));
    }

    @Test
    void aVolatileFieldIsAnEdge() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            volatile int small;
                            volatile long large;
                            static volatile double shared;
                            static Object run() {
                                var main = new Main();
                                main.small = 1;
                                main.large = main.small;
                                shared = main.large;
                                return shared;
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "releaseField Main.small tracked",
                        "acquireField Main.small tracked",
                        "releaseField Main.large tracked",
                        "acquireField Main.large tracked",
                        "releaseField Main.shared static tracked(Main)",
                        "acquireField Main.shared static tracked(Main)");
    }

    @Test
    void aFieldOutsideTheScopeIsTracked() {
        var classes =
                Compiled.of(
                        """
                        class Other { int small; long large; static char shared; final int fixed = hashCode(); }
                        class Sub extends Other {}
                        class Main {
                            static Object run() {
                                var other = new Sub();
                                other.small = 1;
                                other.large = other.small;
                                Sub.shared = 'c';
                                return other.large + Sub.shared + other.fixed * 0;
                            }
                        }
                        """);
        assertThat(Rewritten.of(classes, name -> !name.equals("Other")).run())
                .containsExactly(
                        "writeField Other.small tracked @6",
                        "readField Other.small tracked @7",
                        "writeField Other.large tracked @7",
                        "writeField Other.shared static tracked(Other) @8",
                        "readField Other.large tracked @9",
                        "readField Other.shared static tracked(Other) @9");
    }

    @Test
    void aConstructorsAccessesToThisAreNotRecorded() {
        var program =
                Rewritten.of(
                        """
                        class Base { int inherited; }
                        class Main extends Base {
                            int one = 1;
                            long two;
                            Runnable later;
                            Main(Main other, boolean first) {
                                two = first ? one : other.two;
                                one += 2;
                                inherited = one;
                                later = () -> one = 3;
                            }
                            static Object run() {
                                var main = new Main(new Main(null, true), false);
                                main.later.run();
                                return main.two;
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "readField Main.two @7",
                        "readField Main.later @14",
                        "writeField Main.one @10",
                        "readField Main.two @15");
    }

    @Test
    void aFieldThatIsAssignedBeforeTheSuperclassIsConstructedIsNotRecorded() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            int total;
                            volatile int state;
                            class Inner { int sum = total; }
                            Main(int total) {
                                this.total = total > 3 ? 3 : total;
                                state = 2;
                                super();
                                state = 3;
                            }
                            static Object run() {
                                return new Main(5).new Inner().sum;
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "releaseField Main.state tracked", "readField Main.total @4", "readField Main$Inner.sum @12");
    }

    @Test
    void anAccessOfNullThrowsAsBefore() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            int total;
                            static Main none;
                            static Object run() {
                                try {
                                    return none.total;
                                } catch (NullPointerException expected) {
                                    none.total = 3;
                                    return null;
                                }
                            }
                        }
                        """);
        assertThat(program.run())
                .containsExactly("readField Main.none static(Main) @6", "readField Main.none static(Main) @8");
    }

    @Test
    void aCopyOfAnObjectIsReported() {
        var program =
                Rewritten.of(
                        """
                        class Main implements Cloneable {
                            int total;
                            Main copy() throws CloneNotSupportedException {
                                return (Main) super.clone();
                            }
                            static Object run() throws CloneNotSupportedException {
                                return new Main().copy() != null;
                            }
                        }
                        """);
        assertThat(program.run()).singleElement().asString().startsWith("cloned ");
    }

    @Test
    void aFieldOfAClassWithoutAClassFileIsCheckedAtRunTime() {
        Map<String, byte[]> classes =
                Compiled.of(
                        """
                        class Base { int total; static volatile long shared; }
                        class Other extends Base {}
                        class Main {
                            static Object run() {
                                var other = new Other();
                                other.total = 3;
                                Other.shared = other.total;
                                return Other.shared;
                            }
                        }
                        """);
        var rewriter = new ProgramClasses(_ -> true, RecordedHooks.detector());
        var loader = new RewritingLoader(classes, rewriter, false);
        assertThat(RecordedHooks.during(() -> Rewritten.run(loader)))
                .containsExactly(
                        "writeField Other.total tracked @6",
                        "releaseIfVolatile Other.total tracked",
                        "readField Other.total tracked @7",
                        "acquireIfVolatile Other.total tracked",
                        "writeField Other.shared static tracked(Other) @7",
                        "releaseIfVolatile Other.shared static tracked(Other)",
                        "readField Other.shared static tracked(Other) @8",
                        "acquireIfVolatile Other.shared static tracked(Other)");
    }
}
