package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static gofer.Go.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.testing.Bubble;
import gofer.testing.junit.BubbleTest;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Tests the rules of timers to the nanosecond, and that a stopped timer never fires. The tests in
/// [gofer.conformance.time] check that no timer is early by the machine's clock.
class TimerRulesTest {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration AGE = Duration.ofDays(36_500);

    private static final List<Duration> ENDLESS =
            List.of(Duration.ofNanos(Long.MAX_VALUE), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

    private static Duration elapsed() {
        return Duration.between(BEGINNING, after(Duration.ZERO).recv());
    }

    @BubbleTest
    @Pins("TM-01")
    void sleepTakesItsTime() { // TestSleep
        for (Duration d : List.of(Duration.ofNanos(1), Duration.ofMillis(30), SECOND, AGE)) {
            Duration start = elapsed();
            sleep(d);
            assertThat(elapsed().minus(start)).isEqualTo(d);
        }
    }

    @BubbleTest
    @Pins("TM-01")
    void sleepBeyondTheClockIsForever() { // TestOverflowSleep
        List<Goroutine> sleepers =
                ENDLESS.stream()
                        .map(d -> go(() -> assertThatThrownBy(() -> sleep(d)).isInstanceOf(InterruptException.class)))
                        .toList();
        sleep(AGE);
        assertThat(sleepers).extracting(Goroutine::waitReason).containsOnly(WaitReason.SLEEP);
        sleepers.forEach(sleeper -> sleeper.thread().interrupt());
    }

    @BubbleTest
    @Pins("TM-13")
    void timersDoNotOverflow() { // TestOverflowSleep
        List<RecvChan<Instant>> endless = ENDLESS.stream().map(d -> after(d)).toList();
        for (Duration past : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThat(after(past).tryRecv()).isInstanceOf(Value.class);
        }
        sleep(AGE);
        endless.forEach(c -> assertThat(c.tryRecv()).isInstanceOf(Empty.class));
    }

    @BubbleTest
    @Pins("TM-09")
    void everyTickTakesAPeriod() { // TestTicker
        Ticker ticker = Ticker.every(SECOND);
        for (int i = 1; i <= 5; i++) {
            assertThat(ticker.c().recv()).isEqualTo(BEGINNING.plusSeconds(i));
        }
        ticker.reset(SECOND.multipliedBy(2));
        for (int i = 1; i <= 5; i++) {
            assertThat(ticker.c().recv()).isEqualTo(BEGINNING.plusSeconds(5 + 2 * i));
        }
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(15));
        ticker.stop();
        sleep(AGE);
        assertThat(ticker.c().tryRecv()).as("stopped, but not closed").isInstanceOf(Empty.class);
        ticker.reset(SECOND);
        ticker.c().recv();
        assertThat(elapsed()).isEqualTo(AGE.plusSeconds(16));
    }

    /// The reader was away for many periods. One tick is waiting. The next tick comes at the end of a period.
    @BubbleTest
    @Pins("TM-09")
    void slowReaderFindsOneTick() {
        Ticker ticker = Ticker.every(Duration.ofSeconds(20));
        sleep(Duration.ofSeconds(50));
        ticker.c().recv();
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(50));
        ticker.c().recv();
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(60));
        ticker.c().recv();
        assertThat(elapsed()).isEqualTo(Duration.ofSeconds(80));
    }

    @BubbleTest
    @Pins("TM-06")
    void receivedTimeIsTheDueTime() { // TestAfterTimes, TestTickTimes
        RecvChan<Instant> once = after(SECOND);
        RecvChan<Instant> again = tick(SECOND);
        sleep(Duration.ofSeconds(20));
        assertThat(once.recv()).isEqualTo(BEGINNING.plusSeconds(1));
        assertThat(again.recv()).isEqualTo(BEGINNING.plusSeconds(1));
    }

    @BubbleTest
    @Pins({"TM-04", "TM-05", "TM-07"})
    void stoppedTimerDoesNotFireUntilReset() { // TestAfterStop
        Chan<Integer> runs = Chan.make(1);
        Alarm alarm = Alarm.in(SECOND);
        Alarm function = afterFunc(SECOND, () -> runs.send(1));
        assertThat(alarm.stop()).isTrue();
        assertThat(function.stop()).isTrue();
        Goroutine receiver = go(() -> alarm.c().recv());
        sleep(AGE);
        assertThat(receiver.waitReason()).isEqualTo(WaitReason.CHAN_RECEIVE);
        assertThat(runs.len()).isZero();
        assertThat(alarm.stop()).isFalse();
        assertThat(function.stop()).isFalse();
        assertThat(alarm.reset(SECOND)).isFalse();
        assertThat(function.reset(SECOND)).isFalse();
        runs.recv();
        Bubble.await();
        assertThat(receiver.state()).isEqualTo(Goroutine.State.ENDED);
        assertThat(elapsed()).isEqualTo(AGE.plus(SECOND));
    }

    @BubbleTest
    @Pins("TM-05")
    void resetMovesAnAlarmAndReturnsIfItWasActive() { // TestReset
        Alarm alarm = Alarm.in(AGE);
        assertThat(alarm.reset(SECOND)).isTrue();
        assertThat(alarm.c().recv()).isEqualTo(BEGINNING.plusSeconds(1));
        assertThat(alarm.reset(SECOND)).isFalse();
        assertThat(alarm.c().recv()).isEqualTo(BEGINNING.plusSeconds(2));
    }

    @BubbleTest
    @Pins("TM-08")
    void channelsFireInTheOrderOfTheirTimes() { // TestAfterQueuing
        expectOrder((delay, arrived) -> {
            var c = after(delay);
            go(() -> {
                c.recv();
                arrived.run();
            });
        });
    }

    @BubbleTest
    @Pins("TM-08")
    void functionsRunInTheOrderOfTheirTimes() {
        expectOrder((delay, arrived) -> afterFunc(delay, arrived::run));
    }

    private static void expectOrder(BiConsumer<Duration, Runnable> timer) {
        List<Duration> delays = new ArrayList<>();
        Chan<Duration> arrived = Chan.make();
        for (int slot : new int[] {5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0}) {
            Duration delay = SECOND.multipliedBy(slot);
            delays.add(delay);
            timer.accept(delay, () -> arrived.send(delay));
        }
        for (Duration delay : delays.stream().sorted().toList()) {
            assertThat(arrived.recv()).isEqualTo(delay).isEqualTo(elapsed());
        }
    }

    @BubbleTest
    @Pins("CX-05")
    void earlierDeadlineEndsTheContext() { // TestDeadline, TestTimeout
        for (boolean earlierAbove : new boolean[] {true, false}) {
            Duration start = elapsed();
            CancelContext above = Context.background().withTimeout(earlierAbove ? SECOND : AGE);
            CancelContext below = above.withTimeout(earlierAbove ? AGE : SECOND);
            var _ = below.done().recvOk();
            assertThat(elapsed().minus(start)).isEqualTo(SECOND);
            assertThat(below.err()).isInstanceOf(DeadlineExceededException.class);
            assertThat(above.isDone()).isEqualTo(earlierAbove);
            above.cancel();
        }
    }
}
