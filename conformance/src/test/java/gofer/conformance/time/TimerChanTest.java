package gofer.conformance.time;

import static gofer.Go.after;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Takes one alarm or ticker through all settings, with waiting receivers and without. `tick_test.go: TestChan`.
class TimerChanTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration INSTANT = Duration.ofNanos(1);

    /// The common operations of alarms and tickers. `stop` and `reset` of a ticker return nothing. Here they return whether the
    /// ticker was running.
    interface Timer {
        RecvChan<Instant> c();

        boolean stop();

        boolean reset(Duration d);

        boolean repeats();
    }

    record OnceTimer(Alarm alarm) implements Timer {
        @Override
        public RecvChan<Instant> c() {
            return alarm.c();
        }

        @Override
        public boolean stop() {
            return alarm.stop();
        }

        @Override
        public boolean reset(Duration d) {
            return alarm.reset(d);
        }

        @Override
        public boolean repeats() {
            return false;
        }
    }

    static final class RepeatingTimer implements Timer {
        private final Ticker ticker = Ticker.every(HOUR);
        private boolean stopped;

        @Override
        public RecvChan<Instant> c() {
            return ticker.c();
        }

        @Override
        public boolean stop() {
            boolean ran = !stopped;
            stopped = true;
            ticker.stop();
            return ran;
        }

        @Override
        public boolean reset(Duration d) {
            boolean ran = !stopped;
            stopped = false;
            ticker.reset(d);
            return ran;
        }

        @Override
        public boolean repeats() {
            return true;
        }

        @Override
        public String toString() {
            return "ticker";
        }
    }

    static Stream<Timer> timers() {
        return Stream.of(new OnceTimer(Alarm.in(HOUR)), new RepeatingTimer());
    }

    @ParameterizedTest
    @MethodSource("timers")
    @Pins({"TM-02", "TM-03"})
    void earlierSettingLeavesNothing(Timer timer) {
        timer.stop();
        expectNothing(timer);
        timer.reset(HOUR);
        expectNothing(timer);

        timer.reset(INSTANT);
        after(Duration.ofMillis(1)).recv();
        assertThat(timer.c().len()).as("with a pending value").isZero();
        assertThat(timer.c().cap()).isZero();
        assertThat(timer.c().tryRecv()).isInstanceOf(Value.class);

        after(Duration.ofMillis(1)).recv(); // a ticker has ticked again
        timer.reset(HOUR);
        expectNothing(timer);

        timer.reset(INSTANT);
        after(Duration.ofMillis(1)).recv();
        timer.stop();
        expectNothing(timer);
    }

    @ParameterizedTest
    @MethodSource("timers")
    @Pins({"TM-03", "TM-08"})
    void waitingReceiverFollowsTheSettings(Timer timer) {
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> timer.c().recv());
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            timer.reset(HOUR.multipliedBy(2));
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            timer.stop();
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            timer.reset(INSTANT);
        }
        if (timer.repeats()) {
            Eventually.that("the next tick", () -> timer.c().tryRecv() instanceof Value);
        } else {
            expectNothing(timer);
        }
        timer.stop();
        expectNothing(timer);
    }

    @ParameterizedTest
    @MethodSource("timers")
    @Pins({"TM-03", "TM-08"})
    void waitingSelectsFollowTheSettings(Timer timer) {
        Chan<Void> stop = Chan.make();
        Chan<Boolean> ticks = Chan.make(2);
        try (var crew = new Crew()) {
            List<Goroutine> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(
                        crew.go(() -> {
                            if (select(timer.c(), stop) instanceof First) {
                                ticks.send(true);
                            }
                        }));
            }
            waiting.forEach(g -> Eventually.blocked(g, WaitReason.SELECT));
            timer.reset(Duration.ofMillis(2));
            ticks.recv();
            timer.stop();
            stop.close();
        }
        assertThat(ticks.len()).isLessThanOrEqualTo(timer.repeats() ? 1 : 0);
        expectNothing(timer);
    }

    @ParameterizedTest
    @MethodSource("timers")
    @Pins("TM-03")
    void stoppedTimerWakesNoGoroutine(Timer timer) {
        timer.reset(INSTANT);
        timer.stop();
        Chan<Void> stop = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < 2; i++) {
                Goroutine waiting = crew.go(() -> assertThat(select(timer.c(), stop)).isNotInstanceOf(First.class));
                Eventually.blocked(waiting, WaitReason.SELECT);
            }
            stop.close();
        }
    }

    @ParameterizedTest
    @MethodSource("timers")
    @Pins({"TM-04", "TM-05"})
    void dueTimerIsActiveUntilRead(Timer timer) {
        timer.reset(INSTANT);
        after(Duration.ofMillis(1)).recv();
        assertThat(timer.stop()).isTrue();
        expectNothing(timer);
        assertThat(timer.stop()).isFalse();

        assertThat(timer.reset(HOUR)).isFalse();
        assertThat(timer.reset(INSTANT)).isTrue();
        timer.c().recv();
        assertThat(timer.reset(HOUR)).as("received").isEqualTo(timer.repeats());
        expectNothing(timer);
    }

    private static void expectNothing(Timer timer) {
        assertThat(timer.c().tryRecv()).isInstanceOf(Empty.class);
    }
}
