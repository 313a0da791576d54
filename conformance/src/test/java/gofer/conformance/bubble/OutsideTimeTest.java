package gofer.conformance.bubble;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static gofer.Go.tick;
import static gofer.Go.trySelect;
import static gofer.conformance.bubble.Outside.use;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.RecvCase;
import gofer.chan.RecvChan;
import gofer.chan.Second;
import gofer.chan.Select;
import gofer.goroutine.FatalError;
import gofer.testing.Bubble;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Tests timers made outside and used in a bubble, which follow the real clock. Timers of a bubble are refused outside.
class OutsideTimeTest {

    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Instant start = Instant.now().minusMillis(1); // clocks in a bubble have a resolution of milliseconds

    private static Instant now() {
        return after(Duration.ZERO).recv();
    }

    @Test
    void tickerFollowsTheRealClock() throws Exception {
        try (var ticker = Ticker.every(MOMENT)) {
            Bubble.run(() -> {
                for (int i = 1; i <= 3; i++) {
                    assertThat(ticker.c().recv()).isAfterOrEqualTo(start.plus(MOMENT.multipliedBy(i)));
                }
                assertThat(now()).as("the clock of the bubble").isEqualTo(BEGINNING);
            });
            assertThat(ticker.c().recv()).isAfter(start);
        }
    }

    @Test
    void alarmFollowsTheRealClock() throws Exception {
        RecvChan<Instant> alarm = after(MOMENT);
        Bubble.run(() -> assertThat(alarm.recv()).isAfterOrEqualTo(start.plus(MOMENT)));
    }

    @Test
    void dueAlarmFiresAtOnce() throws Exception {
        RecvChan<Instant> due = after(Duration.ZERO);
        RecvChan<Instant> far = after(HOUR);
        Bubble.run(() -> {
            assertThat(far.tryRecv()).isInstanceOf(Empty.class);
            assertThat(trySelect(far)).isInstanceOf(Default.class);
            sleep(HOUR.multipliedBy(2));
            assertThat(far.tryRecv()).as("by the clock of the bubble").isInstanceOf(Empty.class);
            assertThat(due.recv()).isAfterOrEqualTo(start);
        });
    }

    /// The virtual clock stands still while a goroutine waits for something outside.
    @Test
    void selectCanWaitForBothClocks() throws Exception {
        try (var ticker = Ticker.every(MOMENT)) {
            Bubble.run(() -> {
                RecvChan<Instant> inside = tick(HOUR);
                assertThat(select(inside, ticker.c())).isInstanceOf(Second.class);
                assertThat(now()).isEqualTo(BEGINNING);
                sleep(HOUR);
                assertThat(inside.recv()).isEqualTo(BEGINNING.plus(HOUR));
            });
        }
    }

    @Test
    void reusedSelectCanWaitForBothClocks() throws Exception {
        try (var ticker = Ticker.every(MOMENT)) {
            var select = new Select();
            RecvCase<Instant> outside = select.recv(ticker.c());
            Bubble.run(() -> {
                var never = select.recv(after(HOUR));
                assertThat(select.await()).isSameAs(outside);
                assertThat(outside.value()).isAfterOrEqualTo(start);
                never.enable(false);
                assertThat(select.await()).isSameAs(outside);
            });
        }
    }

    @Test
    void outsideTimerCanBeStoppedAndResetInside() throws Exception {
        Alarm alarm = Alarm.in(HOUR);
        Ticker ticker = Ticker.every(HOUR);
        Chan<Instant> ran = Chan.make(1);
        Alarm function = Alarm.func(HOUR, () -> ran.send(now()));
        Bubble.run(() -> {
            sleep(HOUR.multipliedBy(2));
            assertThat(alarm.reset(MOMENT)).isTrue();
            assertThat(function.reset(MOMENT)).isTrue();
            ticker.reset(MOMENT);
            assertThat(alarm.c().recv()).isAfterOrEqualTo(start.plus(MOMENT));
            assertThat(ticker.c().recv()).isAfterOrEqualTo(start.plus(MOMENT));
            ticker.stop();
            assertThat(alarm.stop()).isFalse();
            assertThat(ran.recv()).as("the function runs outside").isAfterOrEqualTo(start.plus(MOMENT));
            assertThat(function.reset(HOUR)).isFalse();
            assertThat(function.stop()).isTrue();
            assertThat(now()).isEqualTo(BEGINNING.plus(HOUR.multipliedBy(2)));
        });
    }

    @Test
    void waiterInsideIsWokenByAResetOutside() throws Exception {
        Alarm alarm = Alarm.in(HOUR);
        Outside.whenTheBubbleWaits(() -> alarm.reset(Duration.ZERO));
        Bubble.run(() -> assertThat(select(alarm.c(), after(HOUR))).isInstanceOf(First.class));
    }

    @Test
    void plainThreadsOfTheBubbleWaitForOutsideTimers() throws Exception {
        RecvChan<Instant> alarm = after(MOMENT);
        Bubble.run(() -> {
            Thread.startVirtualThread(() -> alarm.recv()).join();
            assertThat(now()).isEqualTo(BEGINNING);
        });
    }

    @Test
    void waiterOutsideIsWokenByAResetInside() throws Exception {
        Alarm alarm = Alarm.in(HOUR);
        var waiter = go(() -> alarm.c().recv());
        Bubble.run(() -> alarm.reset(Duration.ZERO));
        waiter.thread().join();
    }

    @Test
    void timersOfABubbleAreRefusedOutside() throws Exception {
        Bubble.run(() -> {
            Alarm alarm = Alarm.in(HOUR);
            Ticker ticker = Ticker.every(HOUR);
            Alarm function = Alarm.func(HOUR, () -> {});
            for (var call :
                    new gofer.goroutine.Body[] {
                        alarm::stop,
                        alarm::close,
                        () -> alarm.reset(HOUR),
                        () -> alarm.c().recv(),
                        () -> use(alarm.c().tryRecv()),
                        () -> use(trySelect(alarm.c())),
                        () -> use(select(ticker.c(), after(HOUR))),
                        ticker::stop,
                        () -> ticker.reset(HOUR),
                        () -> ticker.c().recv(),
                        function::stop,
                        () -> function.reset(HOUR)
                    }) {
                assertThat(Outside.call(call))
                        .isInstanceOf(FatalError.class)
                        .hasMessageStartingWith("timer of a bubble is used outside of it");
            }
            assertThat(alarm.stop()).isTrue();
            assertThat(function.stop()).isTrue();
            assertThat(ticker.c().recv()).isEqualTo(BEGINNING.plus(HOUR));
        });
    }
}
