package gofer.conformance.time;

import static gofer.Go.afterFunc;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Tests functions that run later.
class AfterFuncTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private int plain; // neither volatile nor guarded: only happens-before makes it correct

    @Test
    @Pins("TM-07")
    void eachFunctionRunsInAGoroutine() { // TestAfterFunc
        Chan<Thread> ran = Chan.make();
        Chan<Void> stay = Chan.make();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Alarm alarm =
                    afterFunc(
                            Duration.ZERO,
                            () -> {
                                ran.send(Thread.currentThread());
                                stay.recvOk(); // earlier functions still run, and timers still fire
                            });
            threads.add(ran.recv());
            assertThat(alarm.c()).isSameAs(RecvChan.never());
            assertThat(alarm.stop()).as("it runs, and stop does not wait").isFalse();
        }
        assertThat(threads).doesNotHaveDuplicates().doesNotContain(Thread.currentThread());
        stay.close();
    }

    @Test
    @Pins("TM-07")
    void stoppedFunctionNeverRuns() { // TestTimerStopStress
        AtomicInteger runs = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger(); // functions that have run according to stop
        try (var crew = new Crew()) {
            for (int i = 0; i < 100; i++) {
                int slack = i % 10;
                crew.go(() -> {
                    Alarm alarm = afterFunc(Duration.ofMillis(slack), runs::incrementAndGet);
                    if (slack % 2 == 0) {
                        Alarm.in(Duration.ofMillis(slack)).c().recv();
                    }
                    if (!alarm.stop()) {
                        lost.incrementAndGet();
                    }
                });
            }
        }
        Eventually.that("the others have run", () -> runs.get() == lost.get());
    }

    @Test
    @Pins("MM-13")
    void functionSeesWritesBeforeItWasSet() { // TestNoRaceAfterFunc, ...1, ...3
        Chan<Integer> seen = Chan.make();
        for (int i = 0; i < 1000; i++) {
            plain = i;
            afterFunc(Duration.ZERO, () -> seen.send(plain++));
            assertThat(seen.recv()).isEqualTo(i);
        }
    }

    @Test
    @Pins("MM-13")
    void functionSeesWritesBeforeItsReset() { // TestNoRaceAfterFuncReset
        Chan<Integer> seen = Chan.make();
        Alarm alarm = afterFunc(HOUR, () -> seen.send(plain));
        for (int i = 0; i < 1000; i++) {
            alarm.stop();
            plain = i;
            alarm.reset(Duration.ofNanos(1));
            assertThat(seen.recv()).isEqualTo(i);
        }
    }

    /// A function sets its own next run, and each run sees what the previous one wrote.
    @Test
    @Pins("MM-13")
    void functionThatResetsItselfSeesItsLastRun() { // TestNoRaceAfterFunc1
        Chan<Integer> end = Chan.make();
        plain = 0;
        again(end);
        assertThat(end.recv()).isEqualTo(1000);
    }

    private void again(Chan<Integer> end) {
        afterFunc(
                Duration.ZERO,
                () -> {
                    if (++plain == 1000) {
                        end.send(plain);
                    } else {
                        again(end);
                    }
                });
    }
}
