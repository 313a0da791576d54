package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.junit.ExploreTest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExploreFaultsTest {

    /// Two goroutines that lock in different orders.
    @SuppressWarnings("LockGuardsNothing")
    private static void lockOrder(boolean correct) {
        var a = new Mutex();
        var b = new Mutex();
        var wg = new WaitGroup();
        wg.go(() -> {
            try (var _ = a.lock();
                    var _ = b.lock()) {}
        });
        wg.go(() -> {
            try (var _ = (correct ? a : b).lock();
                    var _ = (correct ? b : a).lock()) {}
        });
        wg.await();
    }

    /// A counter that is read under one lock and written under the next.
    static void lostUpdate(boolean correct) {
        var mu = new Mutex();
        var wg = new WaitGroup();
        int[] count = {0};
        for (int i = 0; i < 2; i++) {
            wg.go(() -> {
                mu.lock();
                int seen = count[0];
                if (!correct) {
                    mu.unlock();
                    mu.lock();
                }
                count[0] = seen + 1;
                mu.unlock();
            });
        }
        wg.await();
        if (count[0] != 2) throw new AssertionError("lost: " + count[0]);
    }

    /// The answer is sent after the timeout, and no goroutine receives it.
    private static void lateAnswer(boolean correct) {
        Chan<Integer> answer = Chan.make(correct ? 1 : 0);
        go(() -> answer.send(1));
        var _ = select(answer, gofer.Go.after(Duration.ofSeconds(1)));
    }

    /// Sleeps instead of waiting for the other goroutine.
    private static void sleepInsteadOfWaiting(boolean correct) {
        boolean[] done = {false};
        var wg = new WaitGroup();
        var mu = new Mutex();
        wg.go(() -> {
            try (var _ = mu.lock()) {
                done[0] = true;
            }
        });
        sleep(Duration.ofMillis(100));
        if (correct) wg.await();
        try (var _ = mu.lock()) {
            if (!done[0]) throw new AssertionError("too early");
        }
        wg.await();
    }

    /// The first of two senders closes the channel.
    private static void earlyClose(boolean correct) {
        Chan<Integer> numbers = Chan.make(4);
        var wg = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int n = i;
            wg.go(() -> {
                numbers.send(n);
                if (!correct && n == 0) numbers.close();
            });
        }
        wg.await();
    }

    /// Polls a flag and yields.
    private static void polling(boolean correct) {
        boolean[] flag = {false};
        var wg = new WaitGroup();
        wg.go(() -> flag[0] = correct);
        wg.go(() -> {
            while (!flag[0]) gosched();
        });
        wg.await();
    }

    record Pair(String name, java.util.function.Consumer<Boolean> program) {
        Body body(boolean correct) {
            return () -> program.accept(correct);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                        new Pair("lock order", ExploreFaultsTest::lockOrder),
                        new Pair("lost update", ExploreFaultsTest::lostUpdate),
                        new Pair("late answer", ExploreFaultsTest::lateAnswer),
                        new Pair("sleep instead of waiting", ExploreFaultsTest::sleepInsteadOfWaiting),
                        new Pair("early close", ExploreFaultsTest::earlyClose))
                .flatMap(pair -> Stream.of(Strategy.values()).map(strategy -> Arguments.of(pair, strategy)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void faultIsFoundAndReplayedAndCorrectedVariantPasses(Pair pair, Strategy strategy) {
        for (int seed = 1; seed <= 20; seed++) {
            Exploration found =
                    Explore.schedules(1000).strategy(strategy).seed(seed).steps(1000).search(pair.body(false));
            assertThat(found.faults()).as("seed %s", seed).hasSize(1);
            assertThat(found.notes()).isEmpty();
            Fault fault = found.faults().getFirst();
            assertThat(fault.steps()).contains("ExploreFaultsTest.java:");
            assertThatThrownBy(() -> Explore.replay(fault.token(), pair.body(false)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith(fault.message().split(" \\d")[0]);
        }
        Exploration correct = Explore.schedules(5000).strategy(strategy).search(pair.body(true));
        assertThat(correct.faults()).extracting(Fault::text).isEmpty();
        assertThat(correct.notes()).isEmpty();
        if (strategy == Strategy.EXHAUSTIVE) assertThat(correct.isComplete()).as(correct.summary()).isTrue();
    }

    @Test
    void goroutineMayWaitByYielding() {
        Explore.schedules(200).check(() -> polling(true));
        assertThat(Explore.schedules(10).search(() -> polling(false)).faults())
                .singleElement()
                .extracting(Fault::message)
                .isEqualTo("goroutines do nothing but poll and yield");
    }

    /// A schedule that is abandoned because it repeats another one reports nothing about the remaining goroutines.
    @Test
    void abandonedScheduleReportsNoLeak() {
        Exploration all =
                Explore.exhaustively()
                        .search(() -> {
                            var wg = new WaitGroup();
                            wg.add(2);
                            var receivers = new Goroutine[2];
                            for (int i = 0; i < 2; i++) {
                                Chan<Integer> numbers = Chan.make();
                                receivers[i] =
                                        go(() -> {
                                            try {
                                                numbers.recv();
                                            } catch (InterruptException interrupted) {
                                                var _ = Thread.interrupted();
                                            } finally {
                                                wg.done();
                                            }
                                        });
                                go(() -> {
                                    var _ = numbers.trySend(1);
                                });
                            }
                            wg.go(() -> {
                                for (Goroutine each : receivers) each.thread().interrupt();
                            });
                            wg.await();
                        });
        assertThat(all.faults()).extracting(Fault::text).isEmpty();
        assertThat(all.isComplete()).isTrue();
    }

    @Test
    void failureHasMessageStepsAndToken() {
        assertThatThrownBy(() -> Explore.run(() -> lockOrder(false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("all goroutines are asleep - deadlock!")
                .hasMessageContaining("blocked by goroutine")
                .hasMessageContaining("lock mutex 1")
                .hasMessageContaining("Explore.replay(\"g1-")
                .hasMessageContaining("strategy MIXED, seed 1");
    }

    @Test
    void outcomesAreCounted() {
        int[] order = {0};
        Exploration all =
                Explore.exhaustively()
                        .outcome(() -> String.valueOf(order[0]))
                        .search(() -> {
                            Chan<Integer> numbers = Chan.make();
                            for (int i = 1; i <= 3; i++) {
                                int n = i;
                                go(() -> numbers.send(n));
                            }
                            order[0] = numbers.recv() * 100 + numbers.recv() * 10 + numbers.recv();
                        });
        assertThat(all.isComplete()).isTrue();
        assertThat(all.outcomes().keySet()).containsExactlyInAnyOrder("123", "132", "213", "231", "312", "321");
        for (Map.Entry<String, Outcome> outcome : all.outcomes().entrySet()) {
            order[0] = 0;
            Explore.replay(
                    outcome.getValue().token(),
                    () -> {
                        Chan<Integer> numbers = Chan.make();
                        for (int i = 1; i <= 3; i++) {
                            int n = i;
                            go(() -> numbers.send(n));
                        }
                        order[0] = numbers.recv() * 100 + numbers.recv() * 10 + numbers.recv();
                    });
            assertThat(String.valueOf(order[0])).isEqualTo(outcome.getKey());
        }
    }

    @Test
    void nondeterministicBodyIsNoted() {
        int[] runs = {0};
        assertThat(
                        Explore.schedules(1)
                                .search(() -> {
                                    Chan<Integer> numbers = Chan.make(10);
                                    for (int i = runs[0]++; i > 0; i--) numbers.send(i);
                                })
                                .notes())
                .singleElement()
                .asString()
                .contains("not deterministic");
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 100_000)
    void testMethodIsExplored() {
        lostUpdate(true);
    }
}
