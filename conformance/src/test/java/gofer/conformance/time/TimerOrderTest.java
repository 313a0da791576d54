package gofer.conformance.time;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Timers fire in the order of their due times. No timer is lost, however often it is moved.
class TimerOrderTest {

    private static final int[] SLOTS = {5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0};

    /// If the times are close together, goroutines on a busy machine can run in another order. So this test, like Go's, tries
    /// again with times further apart. No function may be early in any try.
    @Test
    @Pins("TM-08")
    void functionsRunInTheOrderOfTheirTimes() { // TestAfterQueuing
        List<Integer> order = List.of();
        for (int millis = 5; millis <= 320; millis *= 2) {
            order = arrivals(Duration.ofMillis(millis));
            if (order.equals(order.stream().sorted().toList())) {
                return;
            }
        }
        assertThat(order).isSorted();
    }

    private static List<Integer> arrivals(Duration unit) {
        Chan<Integer> arrived = Chan.make(SLOTS.length);
        long start = System.nanoTime();
        for (int slot : SLOTS) {
            afterFunc(unit.multipliedBy(slot), () -> arrived.send(slot));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < SLOTS.length; i++) {
            int slot = arrived.recv();
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(slot * unit.toNanos());
            order.add(slot);
        }
        return order;
    }

    @Test
    @Pins("TM-08")
    void timerMovedEarlierRepeatedlyStillFires() { // TestTimerModifiedEarlier
        Duration past = Duration.ofDays(-20_000);
        Chan<Boolean> fired = Chan.make(1);
        for (int i = 0; i < 1000; i++) {
            Alarm function = afterFunc(Duration.ofHours(1), () -> fired.send(true));
            Alarm alarm = Alarm.in(Duration.ofHours(1));
            for (int j = 0; j < 10; j++) {
                if (!function.stop()) {
                    fired.recv();
                }
                function.reset(past);
                alarm.stop();
                alarm.reset(past);
            }
            fired.recv();
            alarm.c().recv();
        }
    }

    /// Thousands of sleeping goroutines do not slow down communication, or its timeouts.
    @Test
    @Pins("TM-08")
    void manySleepersDoNotSlowDownOthers() { // TestLongAdjustTimers
        Chan<Integer> in = Chan.make();
        Chan<Integer> out = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < 5000; i++) {
                crew.go(() -> sleep(Duration.ofNanos(10_000)));
            }
            crew.go(() -> {
                List<Integer> queue = new ArrayList<>();
                for (; ; ) {
                    var next = out.when(!queue.isEmpty()).sending(queue.isEmpty() ? 0 : queue.getFirst());
                    switch (select(next, in)) {
                        case First(_) -> queue.removeFirst();
                        case Second(Value(var n)) -> queue.add(n);
                        case Second(Closed()) -> {
                            return;
                        }
                    }
                }
            });
            for (int i = 0; i < 2000; i++) {
                for (int n = 0; n < 20; n++) {
                    in.send(n);
                }
                for (int n = 0; n < 20; n++) {
                    assertThat(select(out, after(Duration.ofHours(1)))).isEqualTo(new First<>(new Value<>(n)));
                }
            }
            in.close();
        }
    }
}
