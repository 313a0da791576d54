package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import gofer.Go;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.sync.Once;
import gofer.sync.WaitGroup;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `once_test.go` and `oncefunc_test.go`.
class OnceTest {

    private final AtomicInteger calls = new AtomicInteger();

    /// A way to run a function once.
    record Way(String name, Wrapper wrapper) {

        @FunctionalInterface
        interface Wrapper {
            Runnable once(Runnable f);
        }

        Runnable once(Runnable f) {
            return wrapper.once(f);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.concat(
                memories(),
                Stream.of(
                        new Way(
                                "run",
                                f -> {
                                    Once once = new Once();
                                    return () -> once.run(f);
                                })));
    }

    /// The ways that remember the outcome.
    static Stream<Way> memories() {
        return Stream.of(
                new Way("func", Once::func),
                new Way(
                        "value",
                        f -> {
                            Supplier<Integer> value =
                                    Once.value(() -> {
                                        f.run();
                                        return 1;
                                    });
                            return () -> {
                                if (value.get() != 1) {
                                    throw new AssertionError("another value");
                                }
                            };
                        }));
    }

    /// All callers wait for the end of the one run.
    @ParameterizedTest
    @MethodSource("ways")
    @Pins("ON-01")
    void runsOnceAndAllCallsReturnAfterIt(Way way) { // TestOnce
        WaitGroup gate = new WaitGroup();
        int[] plain = {0};
        Runnable once =
                way.once(() -> {
                    calls.incrementAndGet();
                    gate.await();
                    plain[0]++;
                });
        gate.add(1);
        try (var crew = new Crew()) {
            Goroutine first = crew.go(once::run);
            Eventually.blocked(first, WaitReason.WAIT_GROUP_WAIT);
            for (int i = 0; i < 10; i++) {
                Goroutine later =
                        crew.go(() -> {
                            once.run();
                            assertThat(plain[0]).isEqualTo(1);
                        });
                Eventually.blocked(later, WaitReason.MUTEX_LOCK);
            }
            gate.done();
        }
        once.run();
        assertThat(calls.get()).isEqualTo(1);
    }

    @Test
    @Pins("ON-01")
    void laterFunctionsDoNotRun() {
        Once once = new Once();
        once.run(calls::incrementAndGet);
        once.run(() -> {
            throw new AssertionError("a second function");
        });
        assertThat(calls.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Pins("ON-01")
    void recursiveCallWaitsForever(Way way) {
        Runnable[] self = new Runnable[1];
        self[0] = way.once(() -> self[0].run());
        try (var crew = new Crew()) {
            Goroutine caller = crew.go(() -> assertThatThrownBy(self[0]::run).isInstanceOf(InterruptException.class));
            Eventually.blocked(caller, WaitReason.MUTEX_LOCK);
            caller.thread().interrupt();
        }
    }

    @Test
    @Pins("ON-02")
    void failureGoesToTheFirstCaller() { // TestOncePanic
        Once once = new Once();
        assertThatThrownBy(() -> once.run(this::fail)).hasMessage("failed");
        once.run(this::fail);
        assertThat(calls.get()).isEqualTo(1);
    }

    private void fail() {
        calls.incrementAndGet();
        throw new IllegalStateException("failed");
    }

    /// Each call throws the same exception. It shows where the function failed, not the later callers.
    @ParameterizedTest
    @MethodSource("memories")
    @Pins("ON-03")
    void everyCallThrowsTheSameException(Way way) { // TestOnceFuncPanic, TestOnceFuncPanicTraceback
        Runnable once = way.once(this::fail);
        Throwable first = failureOf(once);
        assertThat(first).hasMessage("failed");
        assertThat(first.getStackTrace()[0].getMethodName()).isEqualTo("fail");
        assertThat(first.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("failureOf"));
        try (var crew = new Crew()) {
            crew.go(() -> assertThat(failureOf(once)).isSameAs(first));
        }
        assertThat(failureOf(once)).isSameAs(first);
        assertThat(calls.get()).isEqualTo(1);
    }

    private static Throwable failureOf(Runnable once) {
        try {
            once.run();
        } catch (IllegalStateException failed) {
            return failed;
        }
        throw new AssertionError("it has not failed");
    }

    /// The result of later calls is not specified.
    @ParameterizedTest
    @MethodSource("ways")
    @Pins("ON-04")
    void functionThatCalledGoexitIsNotRunAgain(Way way) { // TestOnceFuncGoexit
        Runnable once =
                way.once(() -> {
                    calls.incrementAndGet();
                    throw Go.goexit();
                });
        AtomicInteger returned = new AtomicInteger();
        try (var crew = new Crew()) {
            Goroutine first =
                    crew.go(() -> {
                        once.run();
                        returned.incrementAndGet();
                    });
            Eventually.ended(first);
            assertThat(returned.get()).isZero();
            crew.go(() -> {
                Throwable later = catchThrowable(once::run);
                if (way.name().equals("run")) assertThat(later).isNull();
                else assertThat(later).isInstanceOf(IllegalStateException.class).hasMessageContaining("called goexit");
            });
        }
        assertThat(calls.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("memories")
    @Pins("ON-05")
    void functionIsReleasedAfterTheRun(Way way) { // TestOnceXGC
        expectForgotten(way, () -> {}, false);
        expectForgotten(
                way,
                () -> {
                    throw new IllegalStateException("failed");
                },
                true);
    }

    private static void expectForgotten(Way way, Runnable end, boolean fails) {
        Object[] captured = {new Object()};
        var trace = new WeakReference<>(captured[0]);
        Runnable once = way.once(capturing(captured[0], end));
        captured[0] = "nothing";
        try {
            System.gc();
            assertThat(trace.refersTo(null)).as("the function has not run yet").isFalse();
            if (fails) {
                assertThat(failureOf(once)).hasMessage("failed");
            } else {
                once.run();
            }
            Eventually.that(
                    "the function is collected",
                    () -> {
                        System.gc();
                        return trace.refersTo(null);
                    });
        } finally {
            Reference.reachabilityFence(once);
        }
    }

    private static Runnable capturing(Object captured, Runnable end) {
        return () -> {
            assertThat(captured).isNotNull();
            end.run();
        };
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Pins("ON-05")
    void laterCallsAllocateNothing(Way way) {
        int rounds = 10_000;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Runnable once = way.once(calls::incrementAndGet);
        once.run();
        long least = Long.MAX_VALUE; // the JVM itself allocates sometimes
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int n = 0; n < rounds; n++) {
                once.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes").isLessThan(rounds);
    }
}
