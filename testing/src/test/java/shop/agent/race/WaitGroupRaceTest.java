package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of wait groups, `waitgroup_test.go`.
class WaitGroupRaceTest {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int N = 3;

    /// Starts a goroutine that runs `body` and then calls `done`.
    private static void start(WaitGroup wg, Body body) {
        go(() -> {
            body.run();
            wg.done();
        });
    }

    /// Starts a goroutine for each element of `data` that increments it.
    private static void startIncrements(WaitGroup wg, int[] data) {
        wg.add(N);
        for (int i = 0; i < N; i++) {
            int own = i;
            start(wg, () -> data[own]++);
        }
    }

    private static void incrementAll(int[] data) {
        for (int i = 0; i < N; i++) data[i]++;
    }

    @Test
    void noRaceWaitGroup() {
        noRace(() -> writers(1));
    }

    @Test
    void raceWaitGroup() {
        race(() -> writers(2));
    }

    private static void writers(int n) {
        var v = new Vars();
        var wg = new WaitGroup();
        for (int i = 0; i < n; i++) {
            int own = i;
            wg.add(1);
            start(wg, () -> v.x = own);
        }
        wg.await();
    }

    @Test
    void noRaceWaitGroup2() {
        noRace(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            wg.add(1);
            start(wg, () -> v.x = 1);
            wg.await();
            v.x = 2;
        });
    }

    /// An `await` that finds a count of zero locks nothing. A second wait group ensures that no `await` waits for a `done` of
    /// the other goroutine, which would be an edge.
    @Test
    void raceWaitGroupAsMutex() {
        race(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            var both = new WaitGroup();
            both.add(2);
            Body body =
                    () -> {
                        wg.await();
                        both.done();
                        both.await();
                        wg.add(1);
                        v.x++;
                        wg.add(-1);
                    };
            goroutines(body, body);
        });
    }

    /// An `add` in the goroutine can be too late for the `await`, and the goroutines race in any case.
    @Test
    void raceWaitGroupWrongWait() {
        race(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            Body body =
                    () -> {
                        wg.add(1);
                        gosched();
                        v.x++;
                        wg.done();
                    };
            together(() -> goroutines(body, body), wg::await);
        });
    }

    @Test
    void noRaceWaitGroupMultipleWait() {
        noRace(() -> {
            var wg = new WaitGroup();
            goroutines(wg::await, wg::await, wg::await);
        });
    }

    @Test
    void noRaceWaitGroupMultipleWait2() {
        noRace(() -> {
            var wg = new WaitGroup();
            wg.add(2);
            Body body =
                    () -> {
                        wg.done();
                        wg.await();
                    };
            goroutines(body, body, wg::await);
        });
    }

    /// Each `await` is ordered after each `done`.
    @Test
    void noRaceWaitGroupMultipleWait3() {
        noRace(() -> {
            int[] data = new int[N];
            var wg = new WaitGroup();
            startIncrements(wg, data);
            Body reader =
                    () -> {
                        wg.await();
                        for (int n : data) use(n);
                    };
            goroutines(reader, reader, reader);
        });
    }

    @Test
    void raceWaitGroup2() {
        race(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            wg.add(2);
            start(wg, () -> v.x = 1);
            start(wg, () -> v.x = 2);
            wg.await();
        });
    }

    @Test
    void noRaceWaitGroupPanicRecover() {
        noRace(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            v.x = 1;
            assertThatThrownBy(() -> wg.add(-1)).isInstanceOf(IllegalStateException.class);
            v.x = 2;
        });
    }

    @Test
    void noRaceWaitGroupPanicRecover2() {
        noRace(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            var done = Chan.<Boolean>make(1);
            go(() -> {
                try {
                    v.x = 1;
                    wg.add(-1);
                } catch (IllegalStateException negative) {
                    go(() -> {
                        v.x = 2;
                        done.send(true);
                    });
                }
            });
            done.recv();
        });
    }

    @Test
    void noRaceWaitGroupTransitive() {
        noRace(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            wg.add(2);
            start(wg, () -> v.x = 42);
            start(
                    wg,
                    () -> {
                        sleep(PAUSE);
                        v.y = 42;
                    });
            wg.await();
            use(v.x);
            use(v.y);
        });
    }

    @Test
    void noRaceWaitGroupReuse() {
        noRace(() -> {
            int[] data = new int[N];
            var wg = new WaitGroup();
            for (int round = 0; round < 3; round++) {
                startIncrements(wg, data);
                wg.await();
                incrementAll(data);
            }
        });
    }

    @Test
    void noRaceWaitGroupReuse2() {
        noRace(() -> {
            int[] data = new int[N];
            var wg = new WaitGroup();
            for (int round = 0; round < 3; round++) {
                startIncrements(wg, data);
                together(
                        () -> {
                            wg.await();
                            incrementAll(data);
                        },
                        wg::await);
                incrementAll(data);
            }
        });
    }

    @Test
    void noRaceWaitGroupConcurrentAdd() {
        noRace(() -> {
            var wg = new WaitGroup();
            var added = Chan.<Boolean>make(4);
            for (int i = 0; i < 4; i++) {
                go(() -> {
                    wg.add(1);
                    added.send(true);
                    wg.done();
                });
            }
            for (int i = 0; i < 4; i++) added.recv();
            wg.await();
        });
    }
}
