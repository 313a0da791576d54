package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.goroutine.Body;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of channels, `chan_test.go`: variables that are sent and received, variables that hold a channel, and
/// channels as locks.
class ChanUseRaceTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    /// A variable that holds a channel.
    static final class Holder {
        Chan<Integer> c = Chan.make(10);
    }

    @Test
    void raceSelectReadWriteAsync() {
        race(() -> {
            var v = new Vars();
            var c1 = Chan.<Integer>make(10);
            var c2 = Chan.<Integer>make(10);
            var c3 = Chan.<Integer>make();
            c2.send(1);
            together(
                    () -> use(select(c1.sending(v.x), c3.sending(1))), //
                    () -> selectInto(v, c2, c3));
        });
    }

    @Test
    void raceSelectReadWriteSync() {
        race(() -> {
            var v = new Vars();
            var c1 = Chan.<Integer>make();
            var c2 = Chan.<Integer>make();
            var c3 = Chan.<Integer>make();
            go(() -> use(c1.recv()));
            go(() -> c2.send(1));
            together(
                    () -> use(select(c1.sending(v.x), c3.sending(1))), //
                    () -> selectInto(v, c2, c3));
        });
    }

    @Test
    void noRaceSelectReadWriteAsync() {
        noRace(() -> {
            var v = new Vars();
            var c1 = Chan.<Integer>make();
            var c2 = Chan.<Integer>make();
            together(
                    () -> use(select(c1.sending(v.x), c2.sending(1))), //
                    () -> {
                        v.x =
                                switch (select(c1, c2)) {
                                    case First(Value(var n)) -> n;
                                    case Second(Value(var n)) -> n;
                                    default -> throw new IllegalStateException("no goroutine closes");
                                };
                    });
        });
    }

    private static void selectInto(Vars v, Chan<Integer> from, Chan<Integer> to) {
        v.x =
                switch (select(from, to.sending(1))) {
                    case First(Value(var n)) -> n;
                    default -> throw new IllegalStateException("no goroutine receives");
                };
    }

    @Test
    void raceChanReadWriteAsync() {
        race(() -> {
            var v = new Vars();
            var c1 = Chan.<Integer>make(10);
            var c2 = Chan.<Integer>make(10);
            c2.send(10);
            together(() -> c1.send(v.x), () -> v.x = c2.recv());
        });
    }

    @Test
    void raceChanReadWriteSync() {
        race(() -> {
            var v = new Vars();
            var c1 = Chan.<Integer>make();
            var c2 = Chan.<Integer>make();
            go(() -> use(c1.recv()));
            go(() -> c2.send(10));
            together(() -> c1.send(v.x), () -> v.x = c2.recv());
        });
    }

    @Test
    void noRaceChanReadWriteAsync() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make(10);
            together(() -> c.send(v.x), () -> v.x = c.recv());
        });
    }

    private record Task(Body work, Chan<Boolean> done) {}

    @Test
    void noRaceProducerConsumerUnbuffered() {
        noRace(() -> {
            var v = new Vars();
            var queue = Chan.<Task>make();
            go(() -> {
                Task task = queue.recv();
                task.work.run();
                task.done.send(true);
            });
            var task = new Task(() -> v.x = 1, Chan.make(1));
            queue.send(task);
            task.done.recv();
            use(v.x);
        });
    }

    @Test
    void raceChanItselfSend() {
        race(() -> {
            var h = new Holder();
            together(() -> h.c.send(0), () -> h.c = Chan.make(20));
        });
    }

    @Test
    void raceChanItselfRecv() {
        race(() -> {
            var h = new Holder();
            var full = Chan.<Integer>make(20);
            h.c.send(1);
            full.send(2);
            together(
                    () -> use(h.c.recv()),
                    () -> {
                        sleep(PAUSE);
                        h.c = full;
                    });
        });
    }

    /// Go's nil channel is `Chan.never()`. A send on it would wait forever.
    @Test
    void raceChanItselfNil() {
        race(() -> {
            var h = new Holder();
            together(
                    () -> use(h.c.trySend(0)),
                    () -> {
                        sleep(PAUSE);
                        h.c = Chan.never();
                    });
        });
    }

    @Test
    void raceChanItselfClose() {
        race(() -> {
            var h = new Holder();
            together(() -> h.c.close(), () -> h.c = Chan.make());
        });
    }

    @Test
    void raceChanItselfLen() {
        race(() -> {
            var h = new Holder();
            together(() -> use(h.c.len()), () -> h.c = Chan.make());
        });
    }

    @Test
    void raceChanItselfCap() {
        race(() -> {
            var h = new Holder();
            together(() -> use(h.c.cap()), () -> h.c = Chan.make());
        });
    }

    @Test
    void noRaceChanMutex() {
        noRace(() -> {
            var v = new Vars();
            var lock = Chan.<Boolean>make(1);
            together(() -> writeBetween(lock, v), () -> writeBetween(lock, v));
        });
    }

    /// Two goroutines can hold a semaphore of two.
    @Test
    void raceChanSem() {
        race(() -> {
            var v = new Vars();
            var semaphore = Chan.<Boolean>make(2);
            together(() -> writeBetween(semaphore, v), () -> writeBetween(semaphore, v));
        });
    }

    private static void writeBetween(Chan<Boolean> lock, Vars v) {
        lock.send(true);
        v.x = 42;
        lock.recv();
    }

    @Test
    void noRaceSelectMutex() {
        noRace(() -> {
            var v = new Vars();
            var lock = Chan.<Boolean>make(1);
            var other = Chan.<Boolean>make();
            Body body =
                    () -> {
                        use(select(lock.sending(true), other));
                        v.x = 42;
                        use(select(lock, other));
                    };
            together(body, body);
        });
    }

    /// The k-th receive happens before send k + 5. So all receives happen before the last five sends.
    @Test
    void noRaceChanWaitGroup() {
        noRace(() -> {
            int n = 10;
            var running = Chan.<Boolean>make(n / 2);
            int[] data = new int[n];
            for (int i = 0; i < n; i++) {
                int own = i;
                running.send(true);
                go(() -> {
                    data[own] = 42;
                    running.recv();
                });
            }
            for (int i = 0; i < running.cap(); i++) running.send(true);
            for (int i = 0; i < n; i++) use(data[i]);
        });
    }

    @Test
    void noRaceBlockedSendSync() {
        noRace(() -> {
            Chan<Vars> c = fullWithSender();
            c.recv();
            assertThat(c.recv().x).isEqualTo(42);
        });
    }

    @Test
    void noRaceBlockedSelectSendSync() {
        noRace(() -> {
            Chan<Vars> c = fullWithSender();
            c.recv();
            switch (select(c, Chan.<Vars>make())) {
                case First(Value(var sent)) -> assertThat(sent.x).isEqualTo(42);
                default -> throw new IllegalStateException("no goroutine sends");
            }
        });
    }

    /// Returns a channel whose buffer is full. In most schedules a sender waits.
    private static Chan<Vars> fullWithSender() {
        var c = Chan.<Vars>make(1);
        c.send(new Vars());
        go(() -> {
            var sent = new Vars();
            sent.x = 42;
            c.send(sent);
        });
        sleep(PAUSE);
        return c;
    }

    @Test
    void noRaceElemetSize0() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Boolean>make(2);
            c.send(true);
            c.send(true);
            go(() -> {
                v.x++;
                c.recv();
            });
            go(() -> {
                v.y++;
                c.recv();
            });
            sleep(PAUSE);
            c.send(true);
            c.send(true);
            v.x++;
            v.y++;
        });
    }
}
