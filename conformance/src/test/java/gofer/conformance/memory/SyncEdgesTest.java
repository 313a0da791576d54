package gofer.conformance.memory;

import static gofer.Go.gosched;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Cancellation;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Cond;
import gofer.sync.Held;
import gofer.sync.Locker;
import gofer.sync.Once;
import gofer.sync.Pool;
import gofer.sync.WaitGroup;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests that a once, a wait group, a condition and a pool order plain fields. Each round has its own slots.
class SyncEdgesTest {

    private static final int ROUNDS = 5000;

    private final int[] plain = new int[4 * ROUNDS];
    private int counter; // also plain

    /// A value with a name for the list of tests.
    record Named<T>(String name, T it) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Ways to wrap an action so that it runs once.
    static Stream<Named<Function<Runnable, Runnable>>> onces() {
        return Stream.of(
                new Named<>(
                        "run",
                        action -> {
                            var once = new Once();
                            return () -> once.run(action);
                        }),
                new Named<>("func", Once::func),
                new Named<>(
                        "value",
                        action -> {
                            var value =
                                    Once.value(() -> {
                                        action.run();
                                        return true;
                                    });
                            return () -> assertThat(value.get()).isTrue();
                        }));
    }

    /// Holds for the caller that ran it, for callers that waited, and for later callers: `src/sync/once_test.go`.
    @ParameterizedTest
    @MethodSource("onces")
    @Pins("MM-08")
    void runHappensBeforeEveryCallReturns(Named<Function<Runnable, Runnable>> once) {
        Runnable[] calls = new Runnable[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            int own = i;
            calls[i] =
                    once.it.apply(() -> {
                        if (own % 2 == 0) {
                            gosched(); // lets the others arrive
                        }
                        plain[own] += own + 1;
                    });
        }
        try (var crew = new Crew()) {
            for (int g = 0; g < 3; g++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        calls[i].run();
                        assertThat(plain[i]).isEqualTo(i + 1);
                    }
                });
            }
        }
    }

    /// `race/testdata/waitgroup_test.go: TestNoRaceWaitGroup`, `...2`, `...MultipleWait`.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Pins("MM-09")
    void doneHappensBeforeTheWaitsItReleasesReturn(boolean goes) {
        WaitGroup[] groups = new WaitGroup[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            groups[i] = new WaitGroup();
            groups[i].add(3);
        }
        try (var crew = new Crew()) {
            for (int g = 0; g < 3; g++) {
                int worker = g;
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        int slot = 4 * i + worker;
                        if (goes) {
                            groups[i].go(() -> plain[slot] = i(slot));
                        } else {
                            plain[slot] = i(slot);
                        }
                        groups[i].done();
                    }
                });
            }
            for (int w = 0; w < 2; w++) {
                crew.go(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        groups[i].await();
                        assertThat(plain[4 * i] + plain[4 * i + 1] + plain[4 * i + 2])
                                .isEqualTo(i(4 * i) + i(4 * i + 1) + i(4 * i + 2));
                    }
                });
            }
        }
    }

    private static int i(int slot) {
        return slot + 1;
    }

    /// `TestNoRaceWaitGroupReuse`: the next round may overwrite what a round wrote.
    @Test
    @Pins("MM-09")
    void waitGroupOrdersSuccessiveRounds() {
        var wg = new WaitGroup();
        for (int round = 1; round <= ROUNDS; round++) {
            int value = round;
            for (int g = 0; g < 3; g++) {
                int slot = g;
                wg.go(() -> plain[slot] += value);
            }
            wg.await();
            counter += plain[0] + plain[1] + plain[2];
            plain[0] = plain[1] = plain[2] = 0;
        }
        assertThat(counter).isEqualTo(3 * (ROUNDS * (ROUNDS + 1) / 2));
    }

    /// `TestNoRaceWaitGroupTransitive`: a released goroutine releases others.
    @Test
    @Pins("MM-09")
    void waitGroupOrderIsTransitive() {
        WaitGroup[] links = new WaitGroup[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            links[i] = new WaitGroup();
            links[i].add(1);
        }
        try (var crew = new Crew()) {
            for (int g = 0; g < 5; g++) {
                int first = g;
                crew.go(() -> {
                    for (int i = first; i < ROUNDS; i += 5) {
                        if (i > 0) {
                            links[i - 1].await();
                        }
                        counter++;
                        links[i].done();
                    }
                });
            }
        }
        assertThat(counter).isEqualTo(ROUNDS);
    }

    /// Locks nothing and orders nothing, so that only the condition has an edge.
    private static final class NoLock implements Locker {
        @Override
        public Held lock() {
            return this::unlock;
        }

        @Override
        public Held lock(Cancellation ctx) {
            return lock();
        }

        @Override
        public void unlock() {}
    }

    static Stream<Named<Consumer<Cond>>> signals() {
        return Stream.of(new Named<>("signal", Cond::signal), new Named<>("broadcast", Cond::broadcast));
    }

    /// `race/testdata/sync_test.go: TestNoRaceCond`.
    @ParameterizedTest
    @MethodSource("signals")
    @Pins("MM-10")
    void signalHappensBeforeTheWaitItEndsReturns(Named<Consumer<Cond>> signal) {
        var cond = new Cond(new NoLock());
        Chan<Integer> awake = Chan.make(ROUNDS); // orders nothing in the other direction
        try (var crew = new Crew()) {
            Goroutine waits =
                    crew.go(() -> {
                        for (int i = 0; i < ROUNDS; i++) {
                            cond.await();
                            counter += plain[i];
                            awake.send(i);
                        }
                    });
            for (int i = 0; i < ROUNDS; i++) {
                Eventually.blocked(waits, WaitReason.COND_WAIT);
                plain[i] = i + 1;
                signal.it.accept(cond);
                awake.recv(); // so that the next signal is for its next wait
            }
        }
        assertThat(counter).isEqualTo(ROUNDS * (ROUNDS + 1) / 2);
    }

    /// An item belongs to the goroutine that got it, including its fields. `race/testdata/pool_test.go`.
    @Test
    @Pins("MM-12")
    void putHappensBeforeTheGetOfTheItem() {
        Queue<int[]> made = new ConcurrentLinkedQueue<>();
        Pool<int[]> pool =
                new Pool<>(() -> {
                    int[] item = new int[1];
                    made.add(item);
                    return item;
                });
        var wg = new WaitGroup();
        for (int i = 0; i < ROUNDS; i++) {
            boolean slow = i % 16 == 0;
            wg.go(() -> { // one goroutine per item, so that none finds its own item
                int[] item = pool.get();
                int before = item[0];
                if (slow) {
                    gosched();
                }
                item[0] = before + 1;
                pool.put(item);
            });
        }
        wg.await();
        assertThat(List.copyOf(made).stream().mapToInt(item -> item[0]).sum()).isEqualTo(ROUNDS);
        assertThat(made.size()).isLessThan(ROUNDS); // some were reused
    }
}
