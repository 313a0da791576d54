package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.select;
import static gofer.Go.trySelect;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.goroutine.Body;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of select, `select_test.go`.
class SelectRaceTest {

    /// What a goroutine of a twin does: the variables, a channel that is used, and one that is not.
    private interface Use {
        void run(Vars v, Chan<Boolean> c, Chan<Boolean> unused) throws Throwable;
    }

    private static Body body(int capacity, Use other, Use here) {
        return () -> {
            var v = new Vars();
            var c = Chan.<Boolean>make(capacity);
            var unused = Chan.<Boolean>make();
            together(() -> other.run(v, c, unused), () -> here.run(v, c, unused));
        };
    }

    @Test
    void noRaceSelect1() {
        noRace(
                body(
                        0,
                        (v, c, unused) -> {
                            v.x = 1;
                            use(select(c.sending(true), unused.sending(true)));
                        },
                        (v, c, unused) -> {
                            use(select(c, unused.sending(true)));
                            v.x = 2;
                        }));
    }

    @Test
    void noRaceSelect2() {
        noRace(
                body(
                        0,
                        (v, c, unused) -> {
                            use(select(c, unused));
                            v.x = 1;
                        },
                        (v, c, _) -> {
                            v.x = 2;
                            c.close();
                            gosched();
                        }));
    }

    @Test
    void noRaceSelect3() {
        noRace(
                body(
                        10,
                        (v, c, unused) -> {
                            v.x = 1;
                            use(select(c.sending(true), unused));
                        },
                        (v, c, _) -> {
                            c.recv();
                            v.x = 2;
                        }));
    }

    private record Task(Body work, Chan<Boolean> done) {}

    @Test
    void noRaceSelect4() {
        noRace(() -> {
            var v = new Vars();
            var queue = Chan.<Task>make();
            var unused = Chan.<Boolean>make();
            go(() -> {
                for (Task task : queue) {
                    task.work.run();
                    task.done.send(true);
                }
            });
            var task = new Task(() -> v.x = 1, Chan.make(1));
            use(select(queue.sending(task), unused));
            use(select(task.done, unused));
            use(v.x);
            queue.close();
        });
    }

    @Test
    void noRaceSelect5() {
        for (boolean selects : new boolean[] {true, false}) {
            for (boolean yields : new boolean[] {true, false}) {
                noRace(() -> sendAndReceive(selects, yields));
            }
        }
    }

    private static void sendAndReceive(boolean selects, boolean yields) {
        var v = new Vars();
        var c = Chan.<Boolean>make();
        var unused = Chan.<Boolean>make();
        goroutines(
                () -> {
                    if (yields) gosched();
                    v.x = 1;
                    if (selects) {
                        use(select(c.sending(true), unused));
                    } else {
                        c.send(true);
                    }
                },
                () -> {
                    use(selects ? select(c, unused) : c.recvOk());
                    v.x = 1;
                });
    }

    /// The two writes follow two sends, and nothing orders them.
    @Test
    void raceSelect1() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Boolean>make();
            var unused = Chan.<Boolean>make();
            go(() -> {
                c.recv();
                c.recv();
            });
            Body writer =
                    () -> {
                        use(select(c.sending(true), unused.sending(true)));
                        v.x = 1;
                    };
            goroutines(writer, writer);
        });
    }

    @Test
    void raceSelect2() {
        race(
                body(
                        0,
                        (v, c, unused) -> {
                            v.x = 1;
                            use(select(c, unused));
                        },
                        (v, c, _) -> {
                            c.close();
                            v.x = 2;
                        }));
    }

    @Test
    void raceSelect3() {
        race(
                body(
                        0,
                        (v, c, unused) -> {
                            v.x = 1;
                            use(select(c.sending(true), unused.sending(true)));
                        },
                        (v, c, _) -> {
                            v.x = 2;
                            use(select(c));
                        }));
    }

    @Test
    void raceSelect4() {
        race(
                body(
                        0,
                        (v, c, _) -> {
                            switch (trySelect(c)) {
                                case Default() -> v.x = 2;
                                case First(_) -> use(v.y);
                            }
                        },
                        (v, _, _) -> use(v.x)));
    }

    /// Only the first arm is ready. So the write of x races, and there is none of y.
    @Test
    void raceSelect5() {
        race(
                body(
                        1,
                        (v, c, unused) -> {
                            switch (select(c.sending(true), unused.sending(true))) {
                                case First(_) -> v.x = 1;
                                case Second(_) -> v.y = 1;
                            }
                        },
                        (v, _, _) -> {
                            use(v.x);
                            use(v.y);
                        }));
    }
}
