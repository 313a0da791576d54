package gofer.time;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Single events: the results of stop and reset, and what can be received when.
class AlarmTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(5);

    @Test
    void comesAfterItsDelayAndNotBefore() {
        long start = System.nanoTime();
        Alarm.in(SHORT).c().recv();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void comesOnce() {
        Alarm alarm = Alarm.in(Duration.ZERO);
        alarm.c().recv();
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void zeroAndNegativeDelaysFireAtOnce() {
        assertThat(Alarm.in(Duration.ZERO).c().tryRecv()).isInstanceOf(Value.class);
        assertThat(Alarm.in(Duration.ofNanos(-1)).c().tryRecv()).isInstanceOf(Value.class);
        assertThat(Alarm.in(Duration.ofSeconds(Long.MIN_VALUE)).c().tryRecv()).isInstanceOf(Value.class);
    }

    @Test
    void channelLooksUnbuffered() {
        Alarm due = Alarm.in(Duration.ZERO);
        assertThat(due.c().len()).isZero();
        assertThat(due.c().cap()).isZero();
    }

    @Test
    void stopReturnsWhetherItWasPending() {
        Alarm alarm = Alarm.in(LONG);
        assertThat(alarm.stop()).isTrue();
        assertThat(alarm.stop()).isFalse();
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void closeStopsIt() {
        RecvChan<Instant> time;
        try (var alarm = Alarm.in(Duration.ZERO)) {
            time = alarm.c();
        }
        assertThat(time.tryRecv()).isInstanceOf(Empty.class);
        AtomicInteger runs = new AtomicInteger();
        var function = Alarm.func(LONG, runs::incrementAndGet);
        function.close();
        assertThat(function.stop()).as("pending").isFalse();
    }

    @Test
    void dueButUnreadAlarmIsPending() {
        Alarm alarm = Alarm.in(Duration.ZERO);
        assertThat(alarm.stop()).isTrue();
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
        assertThat(alarm.stop()).isFalse();
    }

    @Test
    void afterTheReceiveNothingIsPending() {
        Alarm alarm = Alarm.in(Duration.ZERO);
        alarm.c().recv();
        assertThat(alarm.stop()).isFalse();
        assertThat(alarm.reset(LONG)).isFalse();
        assertThat(alarm.reset(LONG)).isTrue();
    }

    @Test
    void farAlarmIsPendingForever() {
        Alarm alarm = Alarm.in(Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
        assertThat(alarm.reset(Duration.ofNanos(Long.MAX_VALUE))).isTrue();
        assertThat(alarm.stop()).isTrue();
        assertThat(alarm.stop()).isFalse();
    }

    @Test
    void resetLeavesNoStaleValue() {
        Alarm alarm = Alarm.in(Duration.ZERO);
        assertThat(alarm.reset(LONG)).isTrue();
        assertThat(alarm.c().tryRecv()).isInstanceOf(Empty.class);
    }

    @Test
    void resetRestartsAStoppedAlarm() {
        Alarm alarm = Alarm.in(LONG);
        alarm.stop();
        assertThat(alarm.reset(Duration.ofMillis(1))).isFalse();
        alarm.c().recv();
    }

    @Test
    void resetToAnEarlierTimeWakesAWaiter() {
        Alarm alarm = Alarm.in(LONG);
        try (var crew = new Crew()) {
            Goroutine receiver = crew.go(() -> alarm.c().recv());
            Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            assertThat(alarm.reset(Duration.ofMillis(1))).isTrue();
        }
    }

    @Test
    void resetWakesAWaitingSelect() {
        Alarm alarm = Alarm.in(LONG);
        Chan<Integer> silent = Chan.make();
        try (var crew = new Crew()) {
            Goroutine selecting =
                    crew.go(() -> assertThat((Object) Go.select(silent, alarm.c())).isInstanceOf(Second.class));
            Eventually.blocked(selecting, WaitReason.SELECT);
            alarm.reset(Duration.ofMillis(1));
        }
    }

    @Test
    void oneOfSeveralReceiversGetsIt() {
        Alarm alarm = Alarm.in(LONG);
        AtomicInteger received = new AtomicInteger();
        try (var crew = new Crew()) {
            for (int i = 0; i < 8; i++) {
                Goroutine receiver =
                        crew.go(() -> {
                            alarm.c().recv();
                            received.incrementAndGet();
                        });
                Eventually.blocked(receiver, WaitReason.CHAN_RECEIVE);
            }
            for (int i = 1; i <= 8; i++) {
                int sofar = i;
                alarm.reset(Duration.ZERO);
                Eventually.that("one more", () -> received.get() >= sofar);
                assertThat(received).hasValue(sofar);
            }
        }
    }

    @Test
    void selectTakesADueAlarm() {
        RecvChan<Instant> never = Alarm.in(LONG).c();
        RecvChan<Instant> soon = Alarm.in(Duration.ofMillis(1)).c();
        assertThat((Object) Go.select(soon, never)).isInstanceOf(First.class);
        assertThat((Object) Go.select(never, Go.after(Duration.ofMillis(1)))).isInstanceOf(Second.class);
    }

    /// Each setting is either received or undone by the stop: never both, never neither.
    @Test
    void stopAndReceiveAgree() {
        for (int round = 0; round < 2_000; round++) {
            Alarm alarm = Alarm.in(Duration.ofNanos(round * 10L));
            Chan<Boolean> stopped = Chan.make(1);
            try (var crew = new Crew()) {
                crew.go(() -> stopped.send(alarm.stop()));
                boolean received = alarm.c().tryRecv() instanceof Value;
                assertThat(stopped.recv()).isEqualTo(!received);
            }
        }
    }

    @Test
    void functionRunsInItsOwnGoroutine() {
        Chan<Thread> ran = Chan.make();
        Alarm alarm = Go.afterFunc(Duration.ofMillis(1), () -> ran.send(Thread.currentThread()));
        assertThat(ran.recv().isVirtual()).isTrue();
        assertThat(alarm.stop()).isFalse();
        assertThat(alarm.c()).isSameAs(RecvChan.never());
    }

    @Test
    void stoppedFunctionDoesNotRun() {
        Chan<Integer> ran = Chan.make(1);
        Alarm alarm = Alarm.func(LONG, () -> ran.send(1));
        assertThat(alarm.stop()).isTrue();
        assertThat(alarm.stop()).isFalse();
        assertThat(alarm.reset(Duration.ZERO)).isFalse();
        assertThat(ran.recv()).isEqualTo(1);
    }

    @Test
    void resetFunctionRunsOncePerSetting() {
        Chan<Integer> ran = Chan.make(10);
        Alarm alarm = Alarm.func(LONG, () -> ran.send(1));
        assertThat(alarm.reset(Duration.ofMillis(1))).isTrue();
        assertThat(ran.recv()).isEqualTo(1);
        assertThat(alarm.reset(Duration.ofMillis(1))).isFalse();
        assertThat(ran.recv()).isEqualTo(1);
        assertThat(ran.len()).isZero();
    }

    /// If the stop returns true, the function does not run. If it returns false, the function runs.
    @Test
    void stopAndFunctionAgree() {
        AtomicInteger runs = new AtomicInteger();
        int expected = 0;
        for (int round = 0; round < 2_000; round++) {
            Alarm alarm = Alarm.func(Duration.ofNanos(round * 20L), runs::incrementAndGet);
            if (!alarm.stop()) {
                expected++;
            }
        }
        int exactly = expected;
        Eventually.that("all have run", () -> runs.get() >= exactly);
        assertThat(runs).hasValue(exactly);
    }
}
