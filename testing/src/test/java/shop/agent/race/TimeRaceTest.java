package shop.agent.race;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.goroutine.Body;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of timers, `time_test.go`, and of bubbles, `synctest_test.go`. A schedule of an exploration ends when
/// all goroutines have ended, as a bubble does.
class TimeRaceTest {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LATE = Duration.ofHours(1);
    private static final Duration UNIT = Duration.ofMillis(20);

    /// A write of x, and a send without a buffer.
    private static Body writeAndSend(Vars v, Chan<Integer> c) {
        return () -> {
            v.x = 1;
            c.send(0);
        };
    }

    private static void startAfter(RecvChan<Instant> time, Body body) {
        go(() -> {
            time.recv();
            body.run();
        });
    }

    @Test
    void noRaceAfterFunc() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            v.x = 2;
            afterFunc(SOON, writeAndSend(v, c));
            c.recv();
            v.x = 3;
        });
    }

    @Test
    void noRaceAfterFuncReset() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            Alarm alarm = afterFunc(LATE, writeAndSend(v, c));
            alarm.stop();
            v.x = 2;
            alarm.reset(SOON);
            c.recv();
            v.x = 3;
        });
    }

    @Test
    void noRaceTimer() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            v.x = 2;
            startAfter(Alarm.in(SOON).c(), writeAndSend(v, c));
            c.recv();
            v.x = 3;
        });
    }

    /// The goroutine is older than the write. Only the reset is ordered before the receive of the time.
    @Test
    void noRaceTimerReset() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            Alarm alarm = Alarm.in(LATE);
            startAfter(alarm.c(), writeAndSend(v, c));
            alarm.stop();
            v.x = 2;
            alarm.reset(SOON);
            c.recv();
            v.x = 3;
        });
    }

    @Test
    void noRaceTicker() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            v.x = 2;
            try (var ticker = Ticker.every(SOON)) {
                startAfter(ticker.c(), writeAndSend(v, c));
                c.recv();
            }
            v.x = 3;
        });
    }

    /// As [#noRaceTimerReset], with a ticker.
    @Test
    void noRaceTickerReset() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            try (var ticker = Ticker.every(LATE)) {
                startAfter(ticker.c(), writeAndSend(v, c));
                ticker.stop();
                v.x = 2;
                ticker.reset(SOON);
                c.recv();
            }
            v.x = 3;
        });
    }

    /// The end of a goroutine orders nothing.
    @Test
    void raceSynctestGoroutinesExit() {
        race(() -> {
            var v = new Vars();
            go(() -> v.x = 1);
            go(() -> v.x = 1);
        });
    }

    @Test
    void raceSynctestGoroutinesRecv() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Void>make();
            Body body =
                    () -> {
                        v.x = 1;
                        c.recvOk();
                    };
            go(body);
            go(body);
            c.close();
        });
    }

    /// One close lets both goroutines continue.
    @Test
    void raceSynctestGoroutinesUnblocked() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Void>make();
            Body body =
                    () -> {
                        c.recvOk();
                        v.x = 1;
                    };
            go(body);
            go(body);
            c.close();
        });
    }

    /// The sleeps keep the writes apart. That is no edge.
    @Test
    void raceSynctestGoroutinesSleep() {
        race(() -> {
            var v = new Vars();
            go(() -> sleepAndWrite(v, 1));
            go(() -> sleepAndWrite(v, 2));
            sleep(UNIT.multipliedBy(5));
        });
    }

    private static void sleepAndWrite(Vars v, int units) {
        sleep(UNIT.multipliedBy(units));
        v.x = units;
        sleep(UNIT.multipliedBy(3 - units));
    }

    @Test
    void raceSynctestTimers() {
        race(() -> {
            var v = new Vars();
            afterFunc(UNIT, () -> v.x = 1);
            afterFunc(UNIT.multipliedBy(2), () -> v.x = 2);
            sleep(UNIT.multipliedBy(5));
        });
    }
}
