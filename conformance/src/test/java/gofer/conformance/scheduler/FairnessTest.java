package gofer.conformance.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Goroutines that compute or block their carriers do not starve others. If they did, a program here would hang or report
/// unfairness.
class FairnessTest {

    @ParameterizedTest
    @Pins("GO-14")
    @ValueSource(classes = {SpinInTurns.class, Collecting.class, BlockedCarriers.class})
    void longTurnLosesTheProcessor(Class<?> program) {
        assertFair(program);
    }

    @ParameterizedTest
    @Pins("GO-15")
    @ValueSource(classes = {PingPongHog.class, TimersAndHogs.class, BesideTheRestless.class})
    void endlessHandOffsShareATimeSlice(Class<?> program) {
        assertFair(program);
    }

    @ParameterizedTest
    @Pins("GO-15")
    @ValueSource(classes = {BesideTheRestless.class, BesideACrowd.class, PinnedPair.class})
    void jdkSchedulerStarvesNoGoroutine(Class<?> program) {
        assertFair(program, ChildProgram.JDK_SCHEDULER);
    }

    @ParameterizedTest
    @Pins("GO-16")
    @ValueSource(classes = SideBySide.class)
    void goroutinesRunOnAllProcessors(Class<?> program) {
        assertFair(program);
    }

    @ParameterizedTest
    @Pins("GO-22")
    @ValueSource(classes = {InOrder.class, Stolen.class})
    void readyGoroutineQueuesLocallyUntilStolen(Class<?> program) {
        assertFair(program);
    }

    private static void assertFair(Class<?> program) {
        assertFair(program, ChildProgram.OWN_SCHEDULER);
    }

    private static void assertFair(Class<?> program, String scheduler) {
        assertThat(ChildProgram.run(program, scheduler)).isEqualTo(new ChildProgram(0, "fair\n", ""));
    }
}
