package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InitializersTest {

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
        assertThat(program.run()).containsExactly("enterInitializer", "exitInitializer Limits");
    }
}
