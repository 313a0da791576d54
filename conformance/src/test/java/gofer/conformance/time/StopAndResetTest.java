package gofer.conformance.time;

import static gofer.Go.afterFunc;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Stop and reset return what happens.
class StopAndResetTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    @Pins({"TM-03", "TM-04"})
    void stopReturnsWhetherTheValueWasPending() { // TestStopResult
        race(Alarm::stop);
    }

    @Test
    @Pins({"TM-03", "TM-05"})
    void resetReturnsWhetherTheValueWasPending() { // TestResetResult
        race(alarm -> alarm.reset(HOUR));
    }

    /// Two alarms are due at the same time, and one is received. If stop or reset of the other returns false, its value has
    /// been sent and must be in the channel, since no other goroutine reads it. So a wrong false is a hang.
    private static void race(Predicate<Alarm> takeBack) {
        Chan<Void> start = Chan.make();
        try (var crew = new Crew()) {
            for (int i = 0; i < 200; i++) {
                crew.go(() -> {
                    start.recvOk();
                    for (int round = 0; round < 50; round++) {
                        Alarm one = Alarm.in(Duration.ofMillis(1));
                        Alarm other = Alarm.in(Duration.ofMillis(1));
                        Alarm unread = select(one.c(), other.c()) instanceof First ? other : one;
                        if (takeBack.test(unread)) {
                            assertThat(unread.c().tryRecv()).isInstanceOf(Empty.class);
                        } else {
                            unread.c().recv();
                        }
                    }
                });
            }
            start.close();
        }
    }

    @Test
    @Pins("TM-05")
    void functionThatHasRunIsNotActive() {
        Chan<Integer> runs = Chan.make();
        Alarm function = afterFunc(Duration.ZERO, () -> runs.send(1));
        runs.recv();
        assertThat(function.reset(Duration.ZERO)).isFalse();
        runs.recv();
        assertThat(function.reset(HOUR)).isFalse();
        assertThat(function.reset(Duration.ZERO)).isTrue();
        runs.recv();
        assertThat(function.stop()).isFalse();
    }

    /// False means that the function was started. It may still be running when its next run starts.
    @Test
    @Pins("TM-05")
    void twoRunsCanOverlap() {
        Chan<Integer> started = Chan.make();
        Chan<Void> finish = Chan.make();
        Alarm function =
                afterFunc(
                        Duration.ZERO,
                        () -> {
                            started.send(1);
                            finish.recvOk();
                        });
        started.recv();
        assertThat(function.reset(Duration.ZERO)).isFalse();
        started.recv();
        finish.close();
    }

    /// Sets a hundred timers in random order, each with its own sequence of short and long times.
    @Test
    @Pins({"TM-05", "TM-08"})
    void settingsOfManyTimersAreKeptApart() { // TestAdjustTimers
        Random random = new Random(47762);
        List<Adjusted> open = new ArrayList<>(Stream.generate(Adjusted::new).limit(100).toList());
        while (!open.isEmpty()) {
            int turn = random.nextInt(open.size());
            if (open.get(turn).step()) {
                Collections.swap(open, turn, open.size() - 1);
                open.removeLast();
            }
        }
    }

    private static final class Adjusted {
        private final Chan<Boolean> fired = Chan.make(1);
        private final Alarm function = afterFunc(Duration.ZERO, () -> fired.send(true));
        private int state;

        /// Takes the next step, and returns whether it was the last.
        boolean step() {
            switch (state++) {
                case 0, 8 -> fired.recv();
                case 1, 3, 5 -> assertThat(function.reset(HOUR.multipliedBy(state))).isFalse();
                case 2, 4, 6 -> assertThat(function.stop()).isTrue();
                case 7 -> assertThat(function.reset(Duration.ZERO)).isFalse();
                default -> assertThat(fired.len()).isZero();
            }
            return state == 10;
        }
    }
}
