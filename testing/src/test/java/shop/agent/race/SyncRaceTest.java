package shop.agent.race;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.Pool;
import gofer.sync.RWMutex;
import gofer.time.Alarm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of conditions, timers, goroutines and pools, `sync_test.go` and `pool_test.go`.
class SyncRaceTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    @Test
    void noRaceCond() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            var cond = new Cond(mu);
            together(
                    () -> {
                        v.x = 1;
                        signal(v, mu, cond);
                    },
                    () -> {
                        waitForSignal(v, mu, cond);
                        v.x = 2;
                    });
        });
    }

    /// The last two writes race: the unlock that ends the wait comes before both. The channel ensures that the goroutine does
    /// not write x before the wait ends.
    @Test
    void raceCond() {
        race(() -> {
            var v = new Vars();
            var mu = new Mutex();
            var cond = new Cond(mu);
            var waited = Chan.<Boolean>make(1);
            together(
                    () -> {
                        v.x = 1;
                        signal(v, mu, cond);
                        waited.recv();
                        mu.lock();
                        v.x = 3;
                        mu.unlock();
                    },
                    () -> {
                        waitForSignal(v, mu, cond);
                        waited.send(true);
                        v.x = 2;
                    });
        });
    }

    private static void signal(Vars v, Mutex mu, Cond cond) {
        mu.lock();
        v.y = 1;
        cond.signal();
        mu.unlock();
    }

    private static void waitForSignal(Vars v, Mutex mu, Cond cond) {
        mu.lock();
        while (v.y != 1) cond.await();
        mu.unlock();
    }

    /// Goroutines that start goroutines. All write x.
    @Test
    void raceAnnounceThreads() {
        race(() -> {
            var v = new Vars();
            var done = Chan.<Boolean>make(7);
            Body write =
                    () -> {
                        v.x = 1;
                        done.send(true);
                    };
            Body starter =
                    () -> {
                        for (int i = 0; i < 2; i++) {
                            go(write);
                            done.send(true);
                        }
                    };
            go(() -> {
                v.x = 1;
                go(() -> {
                    v.x = 1;
                    go(starter);
                    go(write);
                    v.x = 2;
                    done.send(true);
                });
                done.send(true);
            });
            for (int i = 0; i < 7; i++) done.recv();
        });
    }

    /// A function that starts the alarm of its next run.
    private static final class Countdown implements Body {
        private final Chan<Boolean> done = Chan.make();
        private int left = 2;

        @Override
        public void run() {
            left--;
            if (left >= 0) {
                use(afterFunc(Duration.ZERO, this));
            } else {
                done.send(true);
            }
        }
    }

    @Test
    void noRaceAfterFunc1() {
        noRace(() -> {
            var countdown = new Countdown();
            use(afterFunc(Duration.ZERO, countdown));
            countdown.done.recv();
        });
    }

    @Test
    void noRaceAfterFunc2() {
        noRace(() -> {
            var v = new Vars();
            Alarm alarm = afterFunc(Duration.ofNanos(10), () -> v.x = 1);
            alarm.close();
        });
    }

    @Test
    void noRaceAfterFunc3() {
        noRace(() -> {
            var v = new Vars();
            var done = Chan.<Boolean>make(1);
            use(startAlarm(v, done, PAUSE));
            done.recv();
        });
    }

    @Test
    void raceAfterFunc3() {
        race(() -> {
            var v = new Vars();
            var done = Chan.<Boolean>make(2);
            use(startAlarm(v, done, PAUSE));
            use(startAlarm(v, done, PAUSE.multipliedBy(2)));
            done.recv();
            done.recv();
        });
    }

    private static Alarm startAlarm(Vars v, Chan<Boolean> done, Duration delay) {
        return afterFunc(
                delay,
                () -> {
                    v.x++;
                    done.send(true);
                });
    }

    @Test
    void raceGoroutineCreationStack() {
        race(() -> {
            var v = new Vars();
            var done = Chan.<Boolean>make(1);
            Body first =
                    () -> {
                        v.x = 1;
                        done.send(true);
                    };
            Body second = () -> go(first);
            Body third = () -> go(second);
            go(() -> go(third));
            v.x = 2;
            done.recv();
        });
    }

    /// A variable that holds no lock.
    @SuppressWarnings({"NullAway", "LockGuardsNothing"}) // the test reads null
    static final class NoLock {
        RWMutex mu;
    }

    @Test
    void noRaceNilMutexCrash() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            var none = new NoLock();
            assertThatThrownBy(() -> none.mu.rLock()).isInstanceOf(NullPointerException.class);
            try (var _ = mu.lock()) {
                v.x++;
            }
        });
    }

    /// The goroutine gets the array that is still in use. In a parallel run, the pool drops one array of four.
    @Test
    void racePool() {
        race(() -> {
            for (int i = 0; i < 10; i++) {
                var pool = new Pool<>(() -> new byte[10]);
                byte[] used = pool.get();
                used[0] = 1;
                pool.put(used);
                together(() -> pool.get()[0] = 2, () -> used[0] = 3);
            }
        });
    }

    @Test
    void noRacePool() {
        noRace(() -> {
            var pool = new Pool<>(() -> new byte[10]);
            byte[] used = pool.get();
            used[0] = 1;
            pool.put(used);
            together(
                    () -> {
                        byte[] other = pool.get();
                        other[0] = 2;
                        pool.put(other);
                    },
                    () -> {
                        sleep(PAUSE);
                        pool.get()[0] = 3;
                    });
        });
    }
}
