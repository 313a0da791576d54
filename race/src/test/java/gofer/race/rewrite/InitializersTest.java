package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InitializersTest {

    @BeforeEach
    void nothingIsSettled() {
        RecordedHooks.isSettled = false;
    }

    @AfterEach
    void allIsSettled() {
        RecordedHooks.isSettled = true;
    }

    @Test
    void theStartAndTheEndAreRecordedAndNotTheAccesses() {
        var program =
                Rewritten.of(
                        """
                        class Table {
                            static int size;
                            static int[] all = new int[3];
                            static volatile int ready;
                            static {
                                for (int i = 0; i < 3; i++) {
                                    size += i;
                                    all[i] = i;
                                }
                                ready = 1;
                            }
                        }
                        class Main {
                            static Object run() { return Table.ready; }
                        }
                        """);
        assertThat(program.run())
                .containsExactly(
                        "enterInitializer",
                        "releaseField Table.ready static tracked(Table)",
                        "exitInitializer Table",
                        "acquireField Table.ready static tracked(Table)");
    }

    @Test
    void anExceptionEndsTheInitializer() {
        var program =
                Rewritten.of(
                        """
                        class Table {
                            static int size = Integer.parseInt("x");
                        }
                        class Main {
                            static Object run() {
                                try {
                                    return Table.size;
                                } catch (ExceptionInInitializerError expected) {
                                    return 3;
                                }
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("enterInitializer", "exitInitializer Table");
    }

    @Test
    void anInterfaceIsInitialized() {
        var program =
                Rewritten.of(
                        """
                        interface Limits { Object LIMIT = new Object().toString(); }
                        class Main {
                            static Object run() { return Limits.LIMIT != null; }
                        }
                        """);
        assertThat(program.run()).containsExactly("enterInitializer", "exitInitializer Limits", "initialized Limits");
    }

    private static final String SHARED =
            """
            interface Limits { Object LIMIT = new Object(); }
            class Table {
                static final int[] ALL = {1};
                static final String NAME = "n".trim();
                static final int SIZE = ALL.length;
            }
            enum Color { RED }
            class Other extends Table implements Limits {
                static final int[] NONE = {};
            }
            class Main {
                static final Object OWN = Integer.valueOf(3);
                static Object get() { return OWN; }
                static Object run() {
                    BODY
                }
            }
            """;

    private static List<String> run(String body) {
        return Rewritten.of(SHARED.replace("BODY", body)).run().stream()
                .filter(call -> call.startsWith("initialized"))
                .toList();
    }

    @Test
    void aReadOfAStaticFinalFieldFollowsItsInitializer() {
        assertThat(run("return Table.ALL.length;")).containsExactly("initialized Table");
        assertThat(run("return get();")).containsExactly("initialized Main");
        assertThat(run("return Color.RED;")).contains("initialized Color");
        assertThat(run("Runnable all = () -> Table.ALL.clone(); all.run(); return Table.ALL.length;"))
                .containsExactly("initialized Table", "initialized Table");
    }

    @Test
    void anInheritedFieldFollowsTheInitializerOfItsClass() {
        assertThat(run("return Other.ALL.length;")).containsExactly("initialized Table");
        assertThat(run("return Other.LIMIT != null;")).containsExactly("initialized Limits");
        assertThat(run("return Other.NONE.length;")).containsExactly("initialized Other");
    }

    @Test
    void fieldsWithoutVariablesNeedNoEdge() {
        assertThat(run("return Table.NAME + Table.SIZE;")).isEmpty();
    }

    @Test
    void aSettledInitializerIsNotAskedFor() {
        RecordedHooks.isSettled = true;
        assertThat(run("return Table.ALL.length + Other.LIMIT.hashCode() * 0;")).isEmpty();
    }
}
