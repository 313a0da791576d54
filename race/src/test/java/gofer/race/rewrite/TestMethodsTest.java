package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestMethodsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.junit.jupiter.api.Test",
                "org.junit.jupiter.api.RepeatedTest(2)",
                "org.junit.jupiter.api.TestTemplate",
                "org.junit.jupiter.params.ParameterizedTest"
            })
    void aTestChecksForRacesBeforeItReturns(String annotation) {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            @ANNOTATION void test(int first, long second) {
                                for (int i = 0; i < first; i++) {
                                    double square = i * i;
                                    if (square > second) {
                                        return;
                                    }
                                }
                                try {
                                    first /= (int) second;
                                } finally {
                                    second++;
                                }
                            }
                            static Object run() {
                                new Main().test(3, 1);
                                new Main().test(3, 5);
                                new Main().test(0, 7);
                                return 0;
                            }
                        }
                        """
                                .replace("ANNOTATION", annotation));
        assertThat(program.run()).containsExactly("mark", "check 7", "mark", "check 7", "mark", "check 7");
    }

    @Test
    void anAnnotationOfAnAnnotationCounts() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                            @org.junit.jupiter.api.Test
                            @interface Inner {}
                            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                            @Inner @Outer
                            @interface Outer {}
                            @Outer void test() {}
                            @Deprecated void other() {}
                            static Object run() {
                                new Main().test();
                                new Main().other();
                                return 0;
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("mark", "check 7");
    }

    @Test
    void aTestThatThrowsIsNotChecked() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            @org.junit.jupiter.api.Test synchronized void test() { throw new IllegalStateException(); }
                            static Object run() {
                                new Main().test();
                                return 0;
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("acquire Main", "mark", "release Main");
    }

    @Test
    void aFactoryReturnsItsTests() {
        var program =
                Rewritten.of(
                        """
                        class Main {
                            @org.junit.jupiter.api.TestFactory double tests(boolean early) {
                                return early ? 1 : 2;
                            }
                            static Object run() {
                                return new Main().tests(false);
                            }
                        }
                        """);
        assertThat(program.run()).containsExactly("mark", "check 7");
    }

    @Test
    void eachDynamicTestChecksForRaces() {
        var program =
                Rewritten.of(
                        """
                        import java.util.stream.Stream;
                        import org.junit.jupiter.api.DynamicTest;
                        import org.junit.jupiter.api.Named;
                        import org.junit.jupiter.api.function.Executable;
                        class Main {
                            interface Suite {
                                static DynamicTest test(Executable body) {
                                    return DynamicTest.dynamicTest("third", null, body);
                                }
                            }
                            static int ran;
                            static Object run() throws Throwable {
                                Stream<DynamicTest> tests = Stream.concat(
                                        Stream.of(DynamicTest.dynamicTest("first", () -> ran++), Suite.test(() -> ran += 2)),
                                        DynamicTest.stream(Stream.of(Named.of("a", 3)), number -> ran += number));
                                for (DynamicTest test : tests.toList()) test.getExecutable().execute();
                                return ran;
                            }
                        }
                        """);
        assertThat(program.run().stream().filter(call -> call.equals("mark") || call.startsWith("check")))
                .containsExactly("mark", "check 7", "mark", "check 7", "mark", "check 7");
    }
}
