package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of memory operations, `mop_test.go`: statements and expressions that read or write a variable.
class MemoryRaceTest {

    private static int globalX;
    private static int globalY;

    /// Runs the two functions in a goroutine each.
    private static Body two(Consumer<Vars> one, Consumer<Vars> other) {
        return () -> {
            var v = new Vars();
            goroutines(() -> one.accept(v), () -> other.accept(v));
        };
    }

    @Test
    void raceIntRWGlobalFuncs() {
        race(() -> goroutines(() -> globalY = globalX, () -> globalX = 1));
        use(globalY);
    }

    @Test
    void raceIntRWClosures() {
        race(two(v -> v.y = v.x, v -> v.x = 1));
    }

    @Test
    void noRaceIntRWClosures() {
        noRace(() -> {
            var v = new Vars();
            goroutines(() -> v.y = v.x);
            goroutines(() -> v.x = 1);
        });
    }

    /// The smallest variables of Java, side by side.
    static final class Small {
        byte x;
        byte y;
        short s;
        char c;
        boolean b;
        float f;
        double d;
        long l;
    }

    @Test
    void raceInt32RWClosures() {
        race(() -> {
            var v = new Small();
            goroutines(() -> v.y = v.x, () -> v.x = 1);
        });
    }

    @Test
    void noRaceCase() {
        noRace(() -> {
            var v = new Vars();
            for (int i = -1; i <= 1; i++) {
                v.y =
                        switch (Integer.signum(i)) {
                            case -1 -> -1;
                            case 0 -> 0;
                            default -> 1;
                        };
            }
            v.y++;
        });
    }

    @Test
    void raceCaseCondition() {
        race(
                two(
                        v -> v.x = 2, //
                        v -> {
                            if (v.x < 2) v.x = 1;
                        }));
    }

    @Test
    void raceCaseCondition2() {
        race(
                two(
                        v -> v.x = 2, //
                        v ->
                                v.x =
                                        switch (v.x) {
                                            case 0, 1 -> 1;
                                            default -> 5;
                                        }));
    }

    @Test
    void raceCaseBody() {
        race(
                two(
                        v -> v.y = v.x, //
                        v ->
                                v.x =
                                        switch (v.z) {
                                            case 100 -> -v.x;
                                            default -> 1;
                                        }));
    }

    @Test
    void noRaceCaseFallthrough() {
        noRace(
                two(
                        v -> v.y = v.x, //
                        v -> {
                            switch (v.z) {
                                case 0 -> use(v.z);
                                case 2 -> v.x = 2;
                                default -> use(v.y);
                            }
                        }));
    }

    @Test
    void raceCaseFallthrough() {
        race(
                two(
                        v -> v.y = v.x, //
                        v -> {
                            switch (v.z) {
                                case 0, 2 -> v.x = 2;
                                default -> use(v.y);
                            }
                        }));
    }

    @Test
    void raceCaseIssue6418() {
        race(() -> {
            Map<String, Map<String, String>> m = new HashMap<>();
            m.put("a", new HashMap<>(Map.of("b", "c")));
            together(
                    () -> m.get("a").put("x", "y"), //
                    () -> {
                        switch (m.get("a").getOrDefault("b", "")) {
                            case "c" -> use(1);
                            default -> use(2);
                        }
                    });
        });
    }

    private static int kind(Object o) {
        return switch (o) {
            case Integer n -> n;
            case Vars v -> v.x;
            default -> 0;
        };
    }

    @Test
    void raceCaseType() {
        race(two(v -> use(kind(v.o)), v -> v.o = v.y));
    }

    @Test
    void raceCaseTypeBody() {
        race(two(v -> use(kind(v)), v -> v.x = v.y));
    }

    @Test
    void raceCaseTypeIssue5890() {
        race(() -> {
            Map<Integer, Map<Integer, Object>> m = new HashMap<>();
            m.put(0, new HashMap<>(Map.of(1, 5)));
            together(() -> use(kind(m.get(0).getOrDefault(1, 5))), () -> m.get(0).put(1, 6));
        });
    }

    @Test
    void noRaceRange() {
        noRace(() -> {
            var c = Chan.<Integer>make(3);
            for (int n : new int[] {1, 2, 3}) c.send(n);
            c.close();
        });
    }

    /// The variable of the loop is in a field, so that the goroutines share it.
    @Test
    void raceRange() {
        race(() -> {
            var v = new Vars();
            var wg = new WaitGroup();
            for (v.x = 0; v.x < 2; v.x++) {
                wg.go(() -> use(v.x));
                gosched();
            }
            wg.await();
        });
    }

    @Test
    void raceForInit() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Integer>make();
            go(() -> c.send(v.x));
            for (v.x = 42; v.y > 0; v.y--) use(v.x);
            c.recv();
        });
    }

    /// Each send of the loop comes after its first statement.
    @Test
    void noRaceForInit() {
        noRace(() -> {
            var v = new Vars();
            var c = Chan.<Boolean>make();
            together(
                    () -> {
                        for (boolean _ : c) v.x++;
                    },
                    () -> {
                        int i = 0;
                        for (v.x = 42; i < 3; i++) c.send(true);
                        c.close();
                    });
        });
    }

    @Test
    void raceForTest() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Boolean>make();
            together(
                    () -> {
                        for (boolean _ : c) v.x = 1;
                    },
                    () -> {
                        while (v.x == 0) c.send(true);
                        c.close();
                    });
        });
    }

    @Test
    void raceForIncr() {
        race(() -> {
            var v = new Vars();
            var c = Chan.<Boolean>make();
            together(
                    () -> {
                        for (boolean _ : c) v.x++;
                    },
                    () -> {
                        int i = 0;
                        for (; i < 3; v.x++) {
                            i++;
                            c.send(true);
                        }
                        c.close();
                    });
        });
    }

    /// The loop ends before its increment.
    @Test
    void noRaceForIncr() {
        noRace(() -> {
            var v = new Vars();
            together(
                    () -> v.x++,
                    () -> {
                        for (; v.y > 0; v.x++) use(v.y);
                    });
        });
    }

    /// All goroutines share the set of pages, without a lock.
    @Test
    void raceCrawl() {
        race(() -> {
            Set<String> seen = new HashSet<>();
            var wg = new WaitGroup();
            wg.go(() -> crawl("start", 2, seen, wg));
            wg.await();
        });
    }

    private static void crawl(String page, int depth, Set<String> seen, WaitGroup wg) {
        seen.add(page);
        if (depth == 0) return;
        for (String next : new String[] {"a", "b", "c"}) {
            if (!seen.contains(next)) wg.go(() -> crawl(next, depth - 1, seen, wg));
        }
    }

    @Test
    void raceIndirection() {
        race(two(v -> v.x = 1, v -> v.x = 2));
    }

    @Test
    void raceRune() {
        race(() -> {
            var v = new Small();
            together(() -> v.c = 1, () -> use(v.c));
        });
    }

    @Test
    void raceFloat64WW() {
        race(() -> {
            var v = new Small();
            together(() -> v.d = 1, () -> v.d = 2);
            v.d = v.f + v.l;
        });
    }

    @Test
    void raceFuncArgsRW() {
        race(() -> {
            var v = new Small();
            together(() -> use(v.b ? v.s : v.x), () -> v.x = 1);
        });
    }

    @Test
    void raceTLS() {
        race(() -> {
            var c = Chan.<Vars>make();
            goroutines(
                    () -> {
                        var own = new Vars();
                        c.send(own);
                        own.x = 1;
                        own.x = c.recv().x;
                    },
                    () -> {
                        Vars received = c.recv();
                        received.x = 2;
                        c.send(received);
                    });
        });
    }

    /// Objects that share nothing, however the JVM places them.
    @Test
    void noRaceTinyAlloc() {
        noRace(() -> {
            Body body =
                    () -> {
                        for (int i = 0; i < 100; i++) {
                            var own = new Vars();
                            own.x = i;
                        }
                    };
            goroutines(body, body, body);
        });
    }

    @Test
    void noRaceHeapReallocation() {
        noRace(() -> {
            Body body =
                    () -> {
                        sleep(Duration.ofMillis(1));
                        var own = new Vars();
                        use(own.x);
                    };
            goroutines(body, body);
        });
    }
}
