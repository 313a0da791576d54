package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When a goroutine yields, others may run first, but need not.
class YieldTest {

    @ParameterizedTest
    @EnumSource
    void othersNeedNotRunFirst(Strategy strategy) {
        expectFault(strategy, () -> assertThat(hasRunMeanwhile()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void othersMayRunFirst(Strategy strategy) {
        expectFault(strategy, () -> assertThat(hasRunMeanwhile()).isFalse());
    }

    private static boolean hasRunMeanwhile() {
        boolean[] ran = {false};
        go(() -> ran[0] = true);
        gosched();
        return ran[0];
    }

    private static void expectFault(Strategy strategy, Body body) {
        Exploration result = Explore.schedules(100).strategy(strategy).search(body);
        assertThat(result.faults()).hasSize(1);
        String token = result.faults().getFirst().token();
        assertThat(Explore.schedules(1).replayed(token, body).faults()).hasSize(1);
    }

    @Test
    void goroutineThatYieldsAtSeveralPlacesMayEndFirst() {
        var log = new StringBuilder();
        Exploration result =
                Explore.exhaustively()
                        .outcome(log::toString)
                        .search(() -> {
                            log.setLength(0);
                            var both = new WaitGroup();
                            for (String name : new String[] {"a", "b"}) {
                                both.go(() -> {
                                    gosched();
                                    log.append(name);
                                    gosched();
                                    log.append(name);
                                });
                            }
                            both.await();
                        });
        assertThat(result.isComplete()).isTrue();
        assertThat(result.outcomes()).containsOnlyKeys("aabb", "abab", "abba", "baab", "baba", "bbaa");
    }

    /// The goroutines only yield until time has passed.
    @ParameterizedTest
    @EnumSource
    void severalMayWaitByYielding(Strategy strategy) {
        expectNone(
                strategy,
                () -> {
                    boolean[] done = {false};
                    for (int i = 0; i < 3; i++) {
                        go(() -> {
                            while (!done[0]) {
                                gosched();
                            }
                        });
                    }
                    sleep(Duration.ofHours(1));
                    done[0] = true;
                });
    }

    @ParameterizedTest
    @EnumSource
    @SuppressWarnings("ThreadPriorityCheck") // yielding is the purpose
    void plainJavaMayYieldToo(Strategy strategy) {
        expectNone(
                strategy,
                () -> {
                    boolean[] done = {false};
                    for (int i = 0; i < 2; i++) {
                        go(() -> {
                            while (!done[0]) {
                                Thread.yield();
                            }
                        });
                    }
                    go(() -> {
                        gosched();
                        done[0] = true;
                    });
                    sleep(Duration.ofHours(1));
                });
    }

    @ParameterizedTest
    @EnumSource
    void onlyYieldingIsEndless(Strategy strategy) {
        Exploration result =
                Explore.schedules(1)
                        .strategy(strategy)
                        .search(() -> {
                            go(() -> {
                                while (true) {
                                    gosched();
                                }
                            });
                            while (true) {
                                gosched();
                            }
                        });
        assertThat(result.faults())
                .singleElement()
                .extracting(Fault::message)
                .isEqualTo("goroutines do nothing but poll and yield");
    }

    private static void expectNone(Strategy strategy, Body body) {
        Exploration result = Explore.schedules(100).strategy(strategy).steps(10_000).search(body);
        assertThat(result.faults()).isEmpty();
    }
}
