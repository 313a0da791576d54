package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static shop.agent.race.Races.goroutines;
import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;

import gofer.goroutine.Body;
import gofer.sync.Mutex;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of atomic variables, `atomic_test.go`. A variable of Java is atomic or plain, never both.
class AtomicRaceTest {

    /// Each goroutine writes a variable, then adds. The one whose add returns `last` also writes the variable of the other.
    private static Body adders(int last) {
        return () -> {
            var v = new Vars();
            var s = new AtomicLong();
            goroutines(
                    () -> {
                        v.x = 1;
                        if (s.incrementAndGet() == last) v.y = 1;
                    },
                    () -> {
                        v.y = 1;
                        if (s.incrementAndGet() == last) v.x = 1;
                    });
        };
    }

    @Test
    void noRaceAtomicAddInt64() {
        noRace(adders(2));
    }

    @Test
    void raceAtomicAddInt64() {
        race(adders(1));
    }

    @Test
    void noRaceAtomicAddInt32() {
        noRace(() -> {
            var v = new Vars();
            var s = new AtomicInteger();
            goroutines(
                    () -> {
                        v.x = 1;
                        if (s.addAndGet(1) == 2) v.y = 1;
                    },
                    () -> {
                        v.y = 1;
                        if (s.addAndGet(1) == 2) v.x = 1;
                    });
        });
    }

    /// A goroutine writes x, then publishes. The other one writes x when it sees that.
    private static void publish(Runnable publish, BooleanSupplier isPublished) {
        var v = new Vars();
        go(() -> {
            v.x = 2;
            publish.run();
        });
        while (!isPublished.getAsBoolean()) gosched();
        v.x = 1;
    }

    @Test
    void noRaceAtomicLoadAddInt32() {
        noRace(() -> {
            var s = new AtomicInteger();
            publish(s::incrementAndGet, () -> s.get() == 1);
        });
    }

    @Test
    void noRaceAtomicLoadStoreInt32() {
        noRace(() -> {
            var s = new AtomicInteger();
            publish(() -> s.set(1), () -> s.get() == 1);
        });
    }

    @Test
    void noRaceAtomicStoreCASInt32() {
        noRace(() -> {
            var s = new AtomicInteger();
            publish(() -> s.set(1), () -> s.compareAndSet(1, 0));
        });
    }

    @Test
    void noRaceAtomicCASLoadInt32() {
        noRace(() -> {
            var s = new AtomicInteger();
            publish(() -> s.compareAndSet(0, 1), () -> s.get() == 1);
        });
    }

    @Test
    void noRaceAtomicCASCASInt32() {
        noRace(() -> {
            var s = new AtomicInteger();
            publish(() -> s.compareAndSet(0, 1), () -> s.compareAndSet(1, 0));
        });
    }

    /// A compare-and-set that fails is ordered after the one that succeeded.
    @Test
    void noRaceAtomicCASCASInt32_2() {
        noRace(() -> {
            var v = new Vars();
            var s = new AtomicInteger();
            goroutines(
                    () -> {
                        v.x = 1;
                        if (!s.compareAndSet(0, 1)) v.y = 1;
                    },
                    () -> {
                        v.y = 1;
                        if (!s.compareAndSet(0, 1)) v.x = 1;
                    });
        });
    }

    @Test
    void noRaceAtomicLoadInt64() {
        noRace(() -> {
            var s = new AtomicLong();
            publish(s::incrementAndGet, () -> s.get() == 1);
        });
    }

    @Test
    void noRaceAtomicCASCASUInt64() {
        noRace(() -> {
            var s = new AtomicLong();
            publish(() -> s.compareAndSet(0, 1), () -> s.compareAndSet(1, 0));
        });
    }

    @Test
    void noRaceAtomicLoadStorePointer() {
        noRace(() -> {
            var s = new AtomicReference<Vars>();
            var p = new Vars();
            publish(() -> s.set(p), () -> s.get() == p);
        });
    }

    @Test
    void noRaceAtomicStoreCASUint64() {
        noRace(() -> {
            var s = new AtomicLong();
            publish(() -> s.set(1), () -> s.compareAndSet(1, 0));
        });
    }

    /// A variable that holds no atomic variable.
    @SuppressWarnings("NullAway") // the test reads null
    static final class None {
        AtomicInteger s;
    }

    @Test
    void noRaceAtomicCrash() {
        noRace(() -> {
            var v = new Vars();
            var none = new None();
            assertThatThrownBy(() -> none.s.incrementAndGet()).isInstanceOf(NullPointerException.class);
            try (var _ = new Mutex().lock()) {
                v.x++;
            }
        });
    }

    /// A tree of goroutines. Each has a variable of its own, and leaves it in a `finally`.
    @Test
    void noRaceDeferAtomicStore() {
        noRace(() -> fork(new AtomicLong(), 2));
    }

    private static void fork(AtomicLong parent, int depth) {
        var s = new AtomicLong();
        try {
            s.set(parent.get());
            if (depth > 0) {
                goroutines(() -> fork(s, depth - 1), () -> fork(s, depth - 1));
            }
        } finally {
            s.set(0);
        }
    }
}
