package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Second;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.context.DeadlineExceededException;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import gofer.testing.junit.BubbleTest;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class BubbleTimeTest {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    @Test
    @Pins("ST-02")
    void retriesOfADayTakeNoTime() throws Exception {
        long start = System.nanoTime();
        List<Instant> tries = new ArrayList<>();
        Bubble.run(() -> {
            for (int i = 0; i < 24; i++) {
                sleep(Duration.ofHours(1));
                tries.add(after(Duration.ZERO).recv());
            }
        });
        assertThat(tries).hasSize(24).first().isEqualTo(BEGINNING.plus(Duration.ofHours(1)));
        assertThat(tries).last().isEqualTo(BEGINNING.plus(Duration.ofDays(1)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    }

    @BubbleTest
    @Pins("ST-02")
    void timeStandsStillWhileAGoroutineCanRun() {
        Instant start = after(Duration.ZERO).recv();
        Chan<Integer> numbers = Chan.make();
        go(() -> {
            for (int i = 0; i < 1000; i++) numbers.send(i);
            numbers.close();
        });
        for (int n : numbers) assertThat(n).isNotNegative();
        assertThat(after(Duration.ZERO).recv()).isEqualTo(start).isEqualTo(BEGINNING);
    }

    @BubbleTest
    @Pins({"ST-05", "ST-16"})
    void deadlineComesAtItsTime() {
        try (var ctx = Context.background().withTimeout(Duration.ofSeconds(5))) {
            assertThat(ctx.deadline()).contains(BEGINNING.plusSeconds(5));
            sleep(Duration.ofSeconds(5).minusNanos(1));
            Bubble.await();
            assertThat(ctx.err()).isNull();
            Bubble.sleep(Duration.ofNanos(1));
            assertThat(ctx.err()).isInstanceOf(DeadlineExceededException.class);
        }
    }

    @BubbleTest
    @Pins("ST-03")
    void selectWaitsForItsTimer() {
        Chan<Integer> never = Chan.make();
        assertThat(select(never, after(Duration.ofDays(1)))).isInstanceOf(Second.class);
        assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plus(Duration.ofDays(1)));
    }

    @BubbleTest
    @Pins("ST-05")
    void tickersTickAndFunctionsRun() {
        List<Instant> ticks = new ArrayList<>();
        Chan<Boolean> ran = Chan.make();
        afterFunc(Duration.ofSeconds(10), () -> ran.send(true));
        Ticker ticker = Ticker.every(Duration.ofSeconds(4));
        ticks.add(ticker.c().recv());
        ticks.add(ticker.c().recv());
        ran.recv();
        ticker.stop();
        assertThat(ticks).containsExactly(BEGINNING.plusSeconds(4), BEGINNING.plusSeconds(8));
        assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plusSeconds(10));
    }

    @BubbleTest
    @Pins("ST-12")
    void zeroTimerIsDueAtOnce() {
        Alarm alarm = Alarm.in(Duration.ZERO);
        alarm.c().recv();
        alarm.reset(Duration.ZERO);
        alarm.c().recv();
        assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING);
    }

    @BubbleTest
    @SuppressWarnings("WaitNotInLoop") // no other thread uses the monitor
    void timedWaitsOfTheJdkFollowTheClock() throws InterruptedException {
        LockSupport.parkNanos(Duration.ofHours(1).toNanos());
        assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plus(Duration.ofHours(1)));
        Object monitor = new Object();
        synchronized (monitor) {
            monitor.wait(3_600_000);
        }
        assertThat(after(Duration.ZERO).recv()).isEqualTo(BEGINNING.plus(Duration.ofHours(2)));
    }

    @BubbleTest
    @Pins({"ST-08", "ST-15", "MM-14"})
    void awaitWaitsForAllOthers() {
        int[] steps = {0};
        Chan<Boolean> gate = Chan.make();
        go(() -> {
            for (int i = 0; i < 100; i++) {
                steps[0]++;
                gofer.Go.gosched();
            }
            gate.recv();
            steps[0]++;
        });
        Bubble.await();
        assertThat(steps[0]).isEqualTo(100);
        gate.send(true);
        Bubble.await();
        assertThat(steps[0]).isEqualTo(101);
    }

    @Test
    @Pins("ST-07")
    void timersThatAreSetAtTheEndAreDropped() throws Exception {
        boolean[] ran = {false};
        Bubble.run(() -> afterFunc(Duration.ofHours(1), () -> ran[0] = true));
        assertThat(ran[0]).isFalse();
    }

    @Test
    @Pins({"ST-06", "ST-07"})
    void remainingSleepersAreNamed() {
        Assertions.assertThatThrownBy(() -> Bubble.run(() -> go("late", () -> sleep(Duration.ofHours(1)))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("main bubble goroutine has exited but blocked goroutines remain: 2 late");
    }

    @Test
    @Pins("ST-13")
    void timersOfTheSameInstantFireInAnyOrder() throws Exception {
        Set<List<Integer>> orders = new HashSet<>();
        for (int i = 0; i < 1000 && orders.size() < 2; i++) {
            List<Integer> order = new ArrayList<>();
            Bubble.run(() -> {
                var wg = new WaitGroup();
                for (int n = 0; n < 2; n++) {
                    int me = n;
                    wg.go(() -> {
                        sleep(Duration.ofSeconds(1));
                        order.add(me);
                    });
                }
                wg.await();
            });
            orders.add(order);
        }
        assertThat(orders).containsExactlyInAnyOrder(List.of(0, 1), List.of(1, 0));
    }

    @BubbleTest
    @Pins("ST-14")
    void lateReadOfATimerReturnsItsDueTime() {
        Alarm alarm = Alarm.in(Duration.ofSeconds(1));
        sleep(Duration.ofSeconds(10));
        assertThat(alarm.c().recv()).isEqualTo(BEGINNING.plusSeconds(1));
    }
}
