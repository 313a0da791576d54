package gofer.conformance.deadlock;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import org.junit.jupiter.api.Test;

/// What else may wake a program, or is about to end it.
class SignalTest {

    private static final ChildProgram WOKEN = new ChildProgram(3, "woken by the hook\n", "");

    @Test
    @Pins("DL-04")
    void aProgramWithAShutdownHookMayWaitForASignal() {
        assertThat(ChildProgram.run(WaitsForShutdown.class, ChildProgram.OWN_SCHEDULER)).isEqualTo(WOKEN);
    }

    @Test
    void onTheSchedulerOfTheJdkNobodyWatches() {
        assertThat(ChildProgram.run(WaitsForShutdown.class, ChildProgram.JDK_SCHEDULER)).isEqualTo(WOKEN);
    }

    @Test
    @Pins("DL-06")
    void aPanicThatIsBeingReportedIsNoDeadlock() {
        ChildProgram end = ChildProgram.run(SlowPanic.class, ChildProgram.OWN_SCHEDULER);
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).startsWith("panic: ").contains("slow").doesNotContain("asleep");
    }
}
