package gofer.testing;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plain Java waits in real time in a JVM without the agent.
class RealClockTest {

    static Stream<Body> waits() {
        return Stream.of(
                () -> Thread.sleep(86_400_000),
                () -> new CountDownLatch(1).await(1, TimeUnit.DAYS),
                () -> new CompletableFuture<>().get(1, TimeUnit.DAYS),
                () -> Thread.startVirtualThread(() -> sleepForADay()).join(),
                () -> {
                    try (var pool = Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory())) {
                        pool.schedule(() -> {}, 1, TimeUnit.DAYS).get();
                    }
                });
    }

    private static void sleepForADay() {
        try {
            Thread.sleep(86_400_000);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @ParameterizedTest
    @MethodSource("waits")
    void bubbleReportsAWaitOnTheRealClock(Body wait) {
        assertThatThrownBy(() -> Bubble.run(wait))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("all goroutines are blocked; ")
                .hasMessageContaining(" waits on the real clock")
                .hasMessageContaining("-javaagent:gofer-testing.jar");
    }

    @Test
    void reportNamesThePlaceOfTheWait() {
        assertThatThrownBy(() -> Bubble.run(() -> Thread.sleep(1000)))
                .hasMessageContaining("goroutine 1 main at gofer.testing.RealClockTest.")
                .hasMessageContaining("(RealClockTest.java:");
    }

    @ParameterizedTest
    @MethodSource("waits")
    void explorationReportsAWaitOnTheRealClock(Body wait) {
        Exploration result = Explore.schedules(10).search(wait);
        assertThat(result.faults())
                .singleElement()
                .extracting(Fault::message)
                .asString()
                .contains("waits on the real clock");
    }

    @Test
    void unusedTimeoutIsOnlyANote() {
        Exploration result =
                Explore.exhaustively()
                        .check(() -> {
                            var number = new CompletableFuture<Integer>();
                            Chan<Integer> one = Chan.make(1);
                            go(() -> {
                                one.send(7);
                                number.complete(one.recv());
                            });
                            assertThat(number.get(30, TimeUnit.SECONDS)).isEqualTo(7);
                        });
        assertThat(result.isComplete()).isFalse(); // the search does not choose when the timeout expires
        assertThat(result.notes()).anyMatch(note -> note.contains("waits on the real clock"));
    }
}
