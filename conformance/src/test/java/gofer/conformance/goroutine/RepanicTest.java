package gofer.conformance.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import org.junit.jupiter.api.Test;

/// Tests the reports of exceptions that are thrown while others propagate.
class RepanicTest {

    /// One way to fail, selected by the property `way`.
    static final class Ways {
        static void main(String[] args) {
            String way = System.getProperty("way", "");
            Go.main(() -> {
                switch (way) {
                    case "again" -> catchAndThrow(new IllegalStateException("same"));
                    case "middle" -> {
                        try {
                            wrap("middle");
                        } catch (IllegalStateException middle) {
                            throw middle;
                        }
                    }
                    case "sandwich" -> wrap("outer");
                    case "finally" -> failTwice();
                    case "resource" -> {
                        try (AutoCloseable _ = () -> fail("second")) {
                            fail("first");
                        }
                    }
                    case "nil" -> throwNothing();
                    default -> throw new IllegalArgumentException(way);
                }
            });
        }

        private static void fail(String message) {
            throw new IllegalStateException(message);
        }

        private static void catchAndThrow(RuntimeException e) {
            try {
                throw e;
            } catch (RuntimeException same) {
                throw same;
            }
        }

        private static void wrap(String message) {
            try {
                fail("inner");
            } catch (IllegalStateException inner) {
                throw new IllegalStateException(message, inner);
            }
        }

        @SuppressWarnings("finally") // this is what it shows
        private static void failTwice() {
            try {
                throw new IllegalStateException("first");
            } finally {
                throw new IllegalStateException("second");
            }
        }

        @SuppressWarnings("NullAway")
        private static void throwNothing() {
            RuntimeException nothing = null;
            throw nothing;
        }
    }

    /// `rt/crash_test.go: TestRepanickedPanic`. Go marks the line. In Java a rethrown exception stays the same.
    @Test
    @Pins("GO-05")
    void rethrownExceptionIsReportedOnce() {
        assertThat(errOf("again"))
                .startsWith("panic: java.lang.IllegalStateException: same")
                .containsOnlyOnce("same")
                .doesNotContain("Caused by", "Suppressed");
    }

    /// `TestRepanickedMiddlePanic`, `TestRepanickedPanicSandwich`: each wrapped exception is reported once.
    @Test
    @Pins("GO-05")
    void wrappedExceptionsAreReportedOnce() {
        for (String way : new String[] {"middle", "sandwich"}) {
            String outer = way.equals("middle") ? "middle" : "outer";
            assertThat(errOf(way))
                    .startsWith("panic: java.lang.IllegalStateException: " + outer)
                    .containsSubsequence("[running]:", "\tat ", "Caused by: java.lang.IllegalStateException: inner")
                    .containsOnlyOnce("Exception: " + outer)
                    .containsOnlyOnce("Exception: inner");
        }
    }

    /// Go prints a chain of panics. Java has another rule: an exception of a finally block replaces the propagating one, and an
    /// exception from closing a resource is added to it.
    @Test
    @Pins("GO-05")
    void exceptionOfAFinallyBlockReplacesTheFirst() {
        assertThat(errOf("finally"))
                .startsWith("panic: java.lang.IllegalStateException: second")
                .doesNotContain("first");
        assertThat(errOf("resource"))
                .startsWith("panic: java.lang.IllegalStateException: first")
                .contains("Suppressed: java.lang.IllegalStateException: second");
    }

    @Test
    @Pins("GO-06")
    void throwingNullThrowsANullPointerException() {
        assertThat(errOf("nil")).startsWith("panic: java.lang.NullPointerException: Cannot throw exception because \"");
    }

    private static String errOf(String way) {
        ChildProgram program = ChildProgram.run(Ways.class, "-Dway=" + way);
        assertThat(program.out()).isEmpty();
        assertThat(program.status()).isEqualTo(2);
        return program.err();
    }
}
