package gofer.conformance.bubble;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.diagnostics.Deadlocks;
import gofer.diagnostics.Leaks;
import gofer.diagnostics.Metrics;
import gofer.diagnostics.Profile;
import gofer.runtime.goroutine.UnstartedGoroutine;
import gofer.testing.Bubble;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tools can inspect a goroutine between its registration and its start. They must not start it: a goroutine of a bubble would
/// run outside of the bubble then.
class InspectionTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("inspections")
    void inspectionStartsNoGoroutine(String name, Callable<?> inspection) throws Exception {
        Bubble.run(() -> {}); // some searches check for bubbles only if there has been one
        try (var goroutine = new UnstartedGoroutine()) {
            assertThat(inspection.call()).as(name).isNotNull();
            assertThat(goroutine.hasStarted()).as(name).isFalse();
        }
    }

    static Stream<Arguments> inspections() {
        return Stream.of(
                inspection("stacks", Go::stacks),
                inspection("deadlocks", Deadlocks::find),
                inspection("leaks", Leaks::find),
                inspection("suspects", () -> Leaks.suspects(Duration.ZERO)),
                inspection("goroutine profile", Profile::goroutine),
                inspection("leak profile", Profile::leak),
                inspection("metrics", () -> new Metrics().getWaiting()));
    }

    private static Arguments inspection(String name, Callable<?> call) {
        return Arguments.of(name, call);
    }
}
