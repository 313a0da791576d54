package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.goroutine.Body;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of locks, `mutex_test.go` and `rwmutex_test.go`.
class MutexRaceTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    /// A variable that holds a lock.
    static final class Holder {
        Mutex mu = new Mutex();
    }

    /// A write of x while `mu` is locked.
    private static Body writeUnder(Mutex mu, Vars v) {
        return () -> {
            try (var _ = mu.lock()) {
                v.x = 1;
            }
        };
    }

    private static Body writeUnder(RWMutex mu, Vars v) {
        return () -> {
            try (var _ = mu.lock()) {
                v.x = 2;
            }
        };
    }

    /// A read of x while `mu` is locked for reading.
    private static Body readUnder(RWMutex mu, Vars v) {
        return () -> {
            try (var _ = mu.rLock()) {
                use(v.x);
            }
        };
    }

    @Test
    void noRaceMutex() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            goroutines(
                    writeUnder(mu, v),
                    () -> {
                        mu.lock();
                        v.x = 2;
                        mu.unlock();
                    });
        });
    }

    /// Each write comes before the lock.
    @Test
    void raceMutex() {
        race(() -> {
            var v = new Vars();
            var mu = new Mutex();
            Body body =
                    () -> {
                        v.x++;
                        mu.lock();
                        mu.unlock();
                    };
            goroutines(body, body);
        });
    }

    @Test
    void raceMutex2() {
        race(() -> {
            var v = new Vars();
            goroutines(writeUnder(new Mutex(), v), writeUnder(new Mutex(), v));
        });
    }

    @Test
    void noRaceMutexPureHappensBefore() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            goroutines(
                    () -> {
                        v.x = 1;
                        mu.lock();
                        v.y = 1;
                        mu.unlock();
                    },
                    () -> {
                        mu.lock();
                        while (v.y == 0) {
                            mu.unlock();
                            sleep(PAUSE);
                            mu.lock();
                        }
                        mu.unlock();
                        v.x = 1;
                    });
        });
    }

    /// Another goroutine may unlock a mutex.
    @Test
    void noRaceMutexSemaphore() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            mu.lock();
            goroutines(
                    () -> {
                        v.x = 1;
                        mu.unlock();
                    },
                    writeUnder(mu, v));
        });
    }

    @Test
    void noRaceMutexExampleFromHtml() {
        noRace(() -> {
            var v = new Vars();
            var mu = new Mutex();
            mu.lock();
            go(() -> {
                v.s = "hello";
                mu.unlock();
            });
            mu.lock();
            use(v.s);
        });
    }

    /// The race is on the variable that holds the mutex.
    @Test
    void raceMutexOverwrite() {
        race(() -> {
            var h = new Holder();
            together(() -> h.mu = new Mutex(), () -> use(h.mu.lock()));
        });
    }

    @Test
    void raceMutexRWMutex() {
        race(() -> {
            var v = new Vars();
            goroutines(writeUnder(new Mutex(), v), writeUnder(new RWMutex(), v));
        });
    }

    @Test
    void noRaceRWMutex() {
        noRace(() -> {
            var v = new Vars();
            var mu = new RWMutex();
            goroutines(
                    writeUnder(mu, v),
                    () -> {
                        mu.rLock();
                        v.y = v.x;
                        mu.rUnlock();
                    });
        });
    }

    /// Readers exclude writers, but not each other. Each of these readers writes y.
    @Test
    void raceRWMutexMultipleReaders() {
        race(() -> {
            var v = new Vars();
            var mu = new RWMutex();
            Body reader =
                    () -> {
                        mu.rLock();
                        v.y = v.x + 1;
                        mu.rUnlock();
                    };
            goroutines(writeUnder(mu, v), reader, reader, reader);
        });
    }

    @Test
    void noRaceRWMutexMultipleReaders() {
        noRace(() -> {
            var v = new Vars();
            var mu = new RWMutex();
            goroutines(writeUnder(mu, v), readUnder(mu, v), readUnder(mu, v), readUnder(mu, v));
        });
    }

    /// A writer is ordered after all readers before it, not only after the last one.
    @Test
    void noRaceRWMutexTransitive() {
        noRace(() -> {
            var v = new Vars();
            var mu = new RWMutex();
            goroutines(
                    readUnder(mu, v),
                    () -> {
                        sleep(PAUSE);
                        readUnder(mu, v).run();
                    },
                    () -> {
                        sleep(PAUSE.multipliedBy(2));
                        writeUnder(mu, v).run();
                    });
        });
    }
}
