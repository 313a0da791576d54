package gofer.conformance.memory;

import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.fixture.Crew;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests plain fields under locks: no increment is lost, and no partial update is visible. `race/testdata/mutex_test.go`,
/// `rwmutex_test.go`.
class LockEdgesTest {

    private static final int ROUNDS = 20_000;
    private static final int GOROUTINES = 4;
    private static final Context CTX = Context.background().withCancel();

    /// A way to lock for writing.
    record Way(String name, Runnable lock, Runnable unlock) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Ways to use both sides of one read-write lock.
    record Sides(String name, Way write, Way read) {
        @Override
        public String toString() {
            return name;
        }
    }

    private int counter; // plain, like all fields below
    private int twin;
    private final int[] own = new int[16 * GOROUTINES]; // each on a cache line of its own

    static Stream<Way> locks() {
        return Stream.of(
                mutex("mutex", mu -> mu::lock),
                mutex("mutex with a context", mu -> () -> mu.lock(CTX)),
                mutex("mutex that is tried", mu -> spinning(mu::tryLock)),
                rwMutex("read-write lock", rw -> rw::lock),
                rwMutex("read-write lock with a context", rw -> () -> rw.lock(CTX)),
                rwMutex("read-write lock that is tried", rw -> spinning(rw::tryLock)));
    }

    private static Way mutex(String name, Function<Mutex, Runnable> lock) {
        var mu = new Mutex();
        return new Way(name, lock.apply(mu), mu::unlock);
    }

    private static Way rwMutex(String name, Function<RWMutex, Runnable> lock) {
        var rw = new RWMutex();
        return new Way(name, lock.apply(rw), rw::unlock);
    }

    static Stream<Arguments> pairs() {
        List<Way> pings = locks().toList();
        List<Way> pongs = locks().toList();
        return IntStream.range(0, pings.size()).mapToObj(i -> Arguments.of(pings.get(i), pongs.get(i)));
    }

    static Stream<Sides> sides() {
        var rw = new RWMutex();
        var write = new Way("write", rw::lock, rw::unlock);
        var read = new Way("read", rw::rLock, rw::rUnlock);
        return Stream.of(
                new Sides("plain", write, read),
                new Sides("locker", write, new Way("read", rw.rLocker()::lock, rw.rLocker()::unlock)),
                new Sides("with a context", write, new Way("read", () -> rw.rLock(CTX), rw::rUnlock)),
                new Sides("tried", new Way("write", spinning(rw::tryLock), rw::unlock), read),
                new Sides("read tried", write, new Way("read", spinning(rw::tryRLock), rw::rUnlock)));
    }

    private static Runnable spinning(BooleanSupplier tryLock) {
        return () -> {
            while (!tryLock.getAsBoolean()) {
                gosched();
            }
        };
    }

    /// `TestNoRaceMutex`, `TestNoRaceMutexPureHappensBefore`. Attempts pin MM-07.
    @ParameterizedTest
    @MethodSource("locks")
    @Pins({"MM-06", "MM-07"})
    void unlockHappensBeforeEveryLaterLock(Way way) {
        try (var crew = new Crew()) {
            for (int g = 0; g < GOROUTINES; g++) {
                crew.go(() -> increment(way));
            }
            crew.thread(() -> increment(way));
        }
        assertThat(counter).isEqualTo((GOROUTINES + 1) * ROUNDS);
    }

    private void increment(Way way) {
        for (int i = 0; i < ROUNDS; i++) {
            way.lock.run();
            try {
                counter++;
            } finally {
                way.unlock.run();
            }
        }
    }

    /// One goroutine locks and another unlocks, in turn, so that only two locks order them. `TestNoRaceMutexSemaphore`.
    @ParameterizedTest
    @MethodSource("pairs")
    @Pins("MM-06")
    void unlockByAnotherGoroutineHappensBeforeTheNextLock(Way ping, Way pong) {
        ping.lock.run();
        pong.lock.run();
        try (var crew = new Crew()) {
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    counter++;
                    ping.unlock.run();
                    pong.lock.run();
                }
            });
            crew.go(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    ping.lock.run();
                    assertThat(counter).isEqualTo(2 * i + 1);
                    counter++;
                    pong.unlock.run();
                }
            });
        }
        assertThat(counter).isEqualTo(2 * ROUNDS);
    }

    /// A reader sees everything that writers have done, and no partial update: `TestNoRaceRWMutex`.
    @ParameterizedTest
    @MethodSource("sides")
    @Pins({"MM-06", "MM-07"})
    void unlockHappensBeforeEveryLaterReadLock(Sides sides) {
        try (var crew = new Crew()) {
            for (int g = 0; g < GOROUTINES; g++) {
                crew.go(() -> {
                    int last = 0;
                    while (last < 2 * ROUNDS) {
                        sides.read.lock.run();
                        int seen = counter;
                        assertThat(twin).isEqualTo(seen);
                        sides.read.unlock.run();
                        assertThat(seen).isGreaterThanOrEqualTo(last);
                        last = seen;
                        gosched();
                    }
                });
            }
            for (int w = 0; w < 2; w++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        sides.write.lock.run();
                        counter++;
                        twin++;
                        sides.write.unlock.run();
                        if (i % 16 == 0) {
                            gosched();
                        }
                    }
                });
            }
        }
        assertThat(counter).isEqualTo(2 * ROUNDS);
    }

    /// Each reader counts in its own field, and the writer collects the counts. An increment that the writer did not see, or
    /// that ran at the same time, would be lost.
    @ParameterizedTest
    @MethodSource("sides")
    @Pins({"MM-06", "MM-07"})
    void readUnlockHappensBeforeEveryLaterLock(Sides sides) {
        try (var crew = new Crew()) {
            for (int g = 0; g < GOROUTINES; g++) {
                int mine = 16 * g;
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        sides.read.lock.run();
                        own[mine]++;
                        sides.read.unlock.run();
                        if (i % 16 == 0) {
                            gosched();
                        }
                    }
                });
            }
            crew.go(() -> {
                while (counter < GOROUTINES * ROUNDS) {
                    sides.write.lock.run();
                    for (int g = 0; g < GOROUTINES; g++) {
                        counter += own[16 * g];
                        own[16 * g] = 0;
                    }
                    sides.write.unlock.run();
                    gosched();
                }
            });
        }
        assertThat(counter).isEqualTo(GOROUTINES * ROUNDS);
    }

    /// From a writer to a reader of another lock, through a goroutine that holds both in turn: `TestNoRaceRWMutexTransitive`.
    @RepeatedTest(200)
    @Pins("MM-06")
    void orderIsTransitive() {
        var first = new RWMutex();
        var second = new RWMutex();
        first.lock();
        second.lock();
        try (var crew = new Crew()) {
            crew.go(() -> {
                counter = 1;
                first.unlock();
            });
            crew.go(() -> {
                try (var _ = first.rLock()) {
                    second.unlock();
                }
            });
            for (int r = 0; r < GOROUTINES; r++) {
                crew.go(() -> {
                    try (var _ = second.rLock()) {
                        assertThat(counter).isEqualTo(1);
                    }
                });
            }
        }
    }
}
