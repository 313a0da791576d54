package gofer.testing.junit;

import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.Second;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import gofer.testing.Bubble;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of the annotations, run as a build or an IDE runs them.
class ExtensionTest {

    private static final String NOW = "2000-01-01T00:00:00Z";

    /// Runs two goroutines that lose one of two updates under some schedules.
    private static void lostUpdate() {
        var mu = new Mutex();
        var wg = new WaitGroup();
        int[] count = {0};
        for (int i = 0; i < 2; i++) {
            wg.go(() -> {
                mu.lock();
                int seen = count[0];
                mu.unlock();
                mu.lock();
                count[0] = seen + 1;
                mu.unlock();
            });
        }
        wg.await();
        if (count[0] != 2) throw new AssertionError("lost: " + count[0]);
    }

    /// Runs two goroutines without a fault.
    private static void twoSenders() {
        Chan<Integer> numbers = Chan.make();
        go(() -> numbers.send(1));
        go(() -> numbers.send(2));
        assertThat(numbers.recv() + numbers.recv()).isEqualTo(3);
    }

    private static Instant now() {
        return Go.after(Duration.ZERO).recv();
    }

    static class Everything {
        private static final List<String> log = new ArrayList<>();
        private int ofThisTest;

        @BeforeEach
        void before(TestInfo test) {
            log.add("before " + test.getTestMethod().orElseThrow().getName());
        }

        @AfterEach
        void after() {
            log.add("after " + ofThisTest);
        }

        @BubbleTest
        void bubble(TestInfo test) {
            assertThat(test.getDisplayName()).isEqualTo("in a bubble");
            assertThat(now()).isEqualTo(NOW);
            sleep(Duration.ofHours(1));
            ofThisTest++;
        }

        @ExploreTest(schedules = 7)
        void explore(TestInfo test) {
            assertThat(test.getTags()).isEmpty();
            twoSenders();
            ofThisTest++;
        }

        @Nested
        class Inside {
            @BubbleTest
            void bubble() {
                assertThat(now()).isEqualTo(NOW);
            }

            @ExploreTest(strategy = Strategy.EXHAUSTIVE)
            void explore() {
                twoSenders();
            }
        }

        @ParameterizedTest(name = "with {0}")
        @ValueSource(ints = {0, 1})
        @BubbleTest
        void bubbles(int capacity, TestInfo test) {
            assertThat(test.getDisplayName()).isNotEqualTo("in a bubble");
            sleep(Duration.ofHours(1));
            Chan<Instant> times = Chan.make(capacity);
            go(() -> times.send(now()));
            assertThat(times.recv()).isEqualTo("2000-01-01T01:00:00Z");
        }

        @ExploreTest(schedules = 3)
        @ParameterizedTest(name = "with {0}")
        @ValueSource(ints = {0, 1})
        void explores(int capacity) {
            Chan<Integer> numbers = Chan.make(capacity);
            go(() -> numbers.send(capacity));
            assertThat(numbers.recv()).isEqualTo(capacity);
            ofThisTest++;
        }

        @RepeatedTest(2)
        @BubbleTest
        void repeated() {
            assertThat(now()).isEqualTo(NOW);
        }

        @ParameterizedTest(name = "with {0}")
        @ValueSource(strings = "plain")
        void plain(String beside) {
            assertThat(beside).isEqualTo("plain");
            assertThat(now()).isAfter("2020-01-01T00:00:00Z");
        }

        @Disabled
        @BubbleTest
        void disabledBubble() {}

        @Disabled
        @ExploreTest
        void disabledExploration() {}
    }

    @Test
    void annotatedTestsBehaveAsJUnitTests() {
        Everything.log.clear();
        Launched run = Launched.of(Everything.class);
        assertThat(run.results())
                .containsOnly(
                        Map.entry("bubble(TestInfo)[1] in a bubble", "SUCCESSFUL"),
                        Map.entry("bubble()[1] in a bubble", "SUCCESSFUL"),
                        Map.entry("explore(TestInfo)[1] 7 schedules", "SUCCESSFUL"),
                        Map.entry("explore()[1] all schedules", "SUCCESSFUL"),
                        Map.entry("bubbles(int, TestInfo)[1] with 0", "SUCCESSFUL"),
                        Map.entry("bubbles(int, TestInfo)[2] with 1", "SUCCESSFUL"),
                        Map.entry("explores(int)[1] with 0", "SUCCESSFUL"),
                        Map.entry("explores(int)[2] with 1", "SUCCESSFUL"),
                        Map.entry("repeated()[1] repetition 1 of 2", "SUCCESSFUL"),
                        Map.entry("repeated()[2] repetition 2 of 2", "SUCCESSFUL"),
                        Map.entry("plain(String)[1] with \"plain\"", "SUCCESSFUL"),
                        Map.entry("disabledBubble()", "SKIPPED"),
                        Map.entry("disabledExploration()", "SKIPPED"));
        assertThat(Everything.log)
                .containsSubsequence("before bubble", "after 1")
                .containsSubsequence("before explore", "after 8") // one schedule was run twice
                .containsSubsequence("before explores", "after 4", "before explores", "after 4");
        assertThat(run.entries().get("explore()[1] all schedules")).startsWith("all ");
        assertThat(run.entries().get("explore(TestInfo)[1] 7 schedules")).startsWith("7 schedules of about ");
    }

    @ExploreTest(strategy = Strategy.EXHAUSTIVE, preemptions = 1, schedules = 500)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Thorough {}

    static class OwnAnnotation {
        @Thorough
        void explore() {
            twoSenders();
        }
    }

    @Test
    void composedAnnotationMayCarryOurs() {
        Launched run = Launched.of(OwnAnnotation.class);
        assertThat(run.results()).containsExactly(Map.entry("explore()[1] all schedules", "SUCCESSFUL"));
        assertThat(run.entries().values()).singleElement().asString().startsWith("all ").contains("EXHAUSTIVE");
    }

    @ExtendWith(BubbleExtension.class)
    static class WholeClass {
        @Test
        void one() {
            assertThat(now()).isEqualTo(NOW);
        }

        @RepeatedTest(1)
        @DisplayName("two")
        void two() {
            assertThat(now()).isEqualTo(NOW);
        }
    }

    @Test
    void extensionAppliesToAllTestsOfAClass() {
        assertThat(Launched.of(WholeClass.class).results().values()).containsExactly("SUCCESSFUL", "SUCCESSFUL");
    }

    static class Stuck {
        @BubbleTest
        void bubble() {
            Chan<Integer> never = Chan.make();
            go("sender", () -> Chan.<Integer>make().send(1));
            never.recv();
        }
    }

    static class Leaking {
        @BubbleTest
        void bubble() {
            go("sender", () -> Chan.<Integer>make().send(1));
        }
    }

    static class Wrong {
        @BubbleTest
        void bubble() {
            Bubble.sleep(Duration.ofHours(1));
            assertThat(now()).isEqualTo(NOW);
        }
    }

    static class Lost {
        @ExploreTest
        void explore() {
            lostUpdate();
        }
    }

    @Test
    void failureShowsTheFault() {
        assertThat(Launched.of(Stuck.class).result())
                .startsWith("FAILED: java.lang.AssertionError: deadlock: all goroutines in bubble are blocked")
                .contains("\"sender\" [chan send", "ExtensionTest.java:");
        assertThat(Launched.of(Leaking.class).result())
                .startsWith("FAILED: java.lang.AssertionError: deadlock: main bubble goroutine has exited")
                .contains("2 sender");
        assertThat(Launched.of(Wrong.class).result())
                .startsWith("FAILED: org.opentest4j.AssertionFailedError: ")
                .contains("2000-01-01T01:00:00Z");
        assertThat(Launched.of(Lost.class).result())
                .startsWith("FAILED: java.lang.AssertionError: java.lang.AssertionError: lost: 1")
                .contains(" step  goroutine", "ExtensionTest.java:", "Explore.replay(\"g1-");
    }

    /// Makes one choice, and fails if the second arm is taken.
    private static void arms() {
        Chan<Integer> a = Chan.make(1);
        Chan<Integer> b = Chan.make(1);
        a.send(1);
        b.send(2);
        if (select(a, b) instanceof Second(_)) throw new AssertionError("second");
    }

    static class Replayed {
        private static int runs;

        @ExploreTest(replay = "g1-AAE")
        void arms() {
            runs++;
            ExtensionTest.arms();
        }
    }

    static class Fine {
        @ExploreTest(replay = "g1-")
        void explore() {
            arms();
        }
    }

    static class OfAnother {
        @ExploreTest(replay = "g1-AAE")
        void explore() {
            var _ = Chan.<Integer>make(1).trySend(1);
        }
    }

    @Test
    void tokenIsReplayed() {
        assertThat(Explore.schedules(100).search(ExtensionTest::arms).faults())
                .singleElement()
                .extracting(Fault::token)
                .asString()
                .startsWith("g1-AAE.PA");
        Replayed.runs = 0;
        assertThat(Launched.of(Replayed.class).result())
                .startsWith("FAILED: java.lang.AssertionError: java.lang.AssertionError: second");
        assertThat(Replayed.runs).isEqualTo(1);
        assertThat(Launched.of(Fine.class).results())
                .containsExactly(Map.entry("explore()[1] schedule g1-", "SUCCESSFUL"));
        assertThat(Launched.of(OfAnother.class).result())
                .startsWith(
                        "FAILED: java.lang.AssertionError: the token belongs to another program, or to another version"
                                + " of this one");
    }

    static class NoSchedules {
        @ExploreTest(schedules = 0)
        void explore() {}
    }

    static class NoToken {
        @ExploreTest(replay = "soon")
        void explore() {}
    }

    static class NoBound {
        @ExploreTest(preemptions = -2)
        void explore() {}
    }

    static class TooMany {
        @ExploreTest(strategy = Strategy.EXHAUSTIVE, schedules = 2)
        void explore() {
            twoSenders();
        }
    }

    @Test
    void invalidAttributesAreReported() {
        String wrong = "FAILED: java.lang.IllegalArgumentException: ";
        assertThat(Launched.of(NoSchedules.class).result()).isEqualTo(wrong + "schedules: not positive: 0");
        assertThat(Launched.of(NoToken.class).result()).isEqualTo(wrong + "not a token of a schedule: 'soon'");
        assertThat(Launched.of(NoBound.class).result()).isEqualTo(wrong + "preemptions: negative: -2");
        assertThat(Launched.of(TooMany.class).result())
                .startsWith("FAILED: java.lang.AssertionError: more schedules than the test may run: 2 schedules");
    }

    static class Assuming {
        @BubbleTest
        void bubble() {
            assumeTrue(false, "in main");
        }

        @BubbleTest
        void goroutine() {
            new WaitGroup().go(() -> assumeTrue(false, "in a goroutine"));
        }

        @ExploreTest
        void explore() {
            var wg = new WaitGroup();
            wg.go(() -> assumeTrue(false, "explored"));
            wg.await();
        }
    }

    @Test
    void failedAssumptionAbortsTheTest() {
        assertThat(Launched.of(Assuming.class).results().values())
                .containsExactlyInAnyOrder(
                        "ABORTED: org.opentest4j.TestAbortedException: Assumption failed: in main",
                        "ABORTED: org.opentest4j.TestAbortedException: Assumption failed: in a goroutine",
                        "ABORTED: org.opentest4j.TestAbortedException: Assumption failed: explored");
    }
}
