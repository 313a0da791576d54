package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of the commands that run a program under many schedules, with the `gofer` of this repository.
@Timeout(300) // each runs several programs, one after the other
final class SearchTest {
    private static final String OVERDRAFT = "examples/snippets/Overdraft.java";
    private static final Pattern TOKEN = Pattern.compile("to replay it: \\./gofer run --replay (\\S+) (.*)\n");

    @TempDir private static Path folder;

    private static Clone clone;

    @BeforeAll
    @Timeout(600) // it may build the launcher
    static void build() throws Exception {
        clone = Clone.inPlace();
    }

    private static String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void differentOutputsAreShownAndCanBeReplayed() throws Exception {
        Outcome found = clone.gofer("explore", OVERDRAFT);
        assertThat(found.status()).as("%s", found).isZero();
        assertThat(found.out())
                .startsWith("1000 schedules of about ")
                .contains("no fault\n", "2 different outputs:\n", "\n    left: -60\n", "\n    left: 20\n");
        Matcher token = Pattern.compile("--replay (\\S+) .*\n    left: -60\n").matcher(found.out());
        assertThat(token.find()).isTrue();
        assertThat(clone.gofer("run", "--replay", token.group(1), OVERDRAFT))
                .isEqualTo(new Outcome(0, "left: -60\n", ""));
    }

    @Test
    void faultIsShownAndCanBeReplayed() throws Exception {
        String file =
                write(
                        "Order.java",
                        """
                        import module gofer;
                        void main(String[] args) {
                            var a = new Mutex();
                            var b = new Mutex();
                            var wg = new WaitGroup();
                            wg.go(() -> { try (var _ = a.lock(); var _ = b.lock()) { IO.println(args[0]); } });
                            wg.go(() -> { try (var _ = b.lock(); var _ = a.lock()) { IO.println(args[0]); } });
                            wg.await();
                        }
                        """);
        Outcome found = clone.gofer("explore", "--schedules", "200", file, "it's on");
        assertThat(found.status()).as("%s", found).isEqualTo(1);
        assertThat(found.err()).isEmpty();
        assertThat(found.out()).contains("\nfault 1 of 1: ", "Order.java:6");
        Matcher again = TOKEN.matcher(found.out());
        assertThat(again.find()).isTrue();
        assertThat(again.group(2)).endsWith("Order.java 'it'\\''s on'");
        Outcome replayed = clone.gofer("run", "--replay", again.group(1), file, "it's on");
        assertThat(replayed.status()).as("%s", replayed).isEqualTo(2);
        assertThat(replayed.out()).isEmpty();
        assertThat(replayed.err()).contains(" step  goroutine", "Order.java:6");
    }

    @Test
    void everyScheduleStartsWithFreshStaticFields() throws Exception {
        String file =
                write(
                        "Counts.java",
                        """
                        import module gofer;
                        static int count;
                        static final Mutex mu = new Mutex();
                        void main() {
                            var wg = new WaitGroup();
                            for (int i = 0; i < 2; i++) wg.go(() -> { try (var _ = mu.lock()) { count++; } });
                            wg.await();
                            IO.println(count);
                        }
                        """);
        Outcome found = clone.gofer("explore", "--exhaustive", "--progress", file);
        assertThat(found.status()).as("%s", found).isZero();
        assertThat(found.out()).startsWith("all ").endsWith("no fault\n").doesNotContain("outputs", "note");
    }

    /// State that the JVM creates on first use, such as the threads that wait for sockets, must outlive the first schedule.
    @Test
    void stateThatTheJvmCreatesOnceOutlivesTheSchedule() throws Exception {
        for (String name : List.of("SelectNothing", "LateInput")) {
            Outcome found = clone.gofer("explore", "--schedules", "10", "conformance/corpus/fine/" + name + ".java");
            assertThat(found.status()).as("%s", found).isZero();
        }
    }

    @Test
    void faultOfPlainJavaIsShownByItsAccesses() throws Exception {
        Outcome found = clone.gofer("explore", "--racy", "conformance/corpus/order/LostUpdate.java");
        assertThat(found.status()).as("%s", found).isEqualTo(1);
        assertThat(found.out()).containsPattern("read count of LostUpdate 1 +LostUpdate.java:11\n");
    }

    @Test
    void raceIsShownAndCanBeReplayed() throws Exception {
        String file = "examples/snippets/Sales.java";
        Outcome found = clone.gofer("explore", file);
        assertThat(found.status()).as("%s", found).isEqualTo(1);
        String report =
                """
                data race on Sales.sold: read at Sales.java:24, write at Sales.java:19

                read by goroutine 3 manager:
                \tat Sales.sold(Sales.java:24)
                \tat Sales.lambda$main$0(Sales.java:12)
                \tholding no lock
                \tstarted by goroutine 1 main at Sales.main(Sales.java:12)

                earlier write by goroutine 2 clerk:
                \tat Sales.sell(Sales.java:19)
                \tholding mutex 1
                \tstarted by goroutine 1 main at Sales.main(Sales.java:11)
                """;
        assertThat(found.out()).contains("fault 1 of 1: " + report);
        Matcher token = TOKEN.matcher(found.out());
        assertThat(token.find()).isTrue();
        Outcome replayed = clone.gofer("run", "--replay", token.group(1), file);
        assertThat(replayed.status()).isEqualTo(2);
        assertThat(replayed.err()).contains(report);
        assertThat(clone.gofer("run", "--replay", token.group(1), file)).isEqualTo(replayed);
    }

    @Test
    void schedulingPointsDoNotChangeTheResult() throws Exception {
        String file = "cli/src/test/resources/EachKindOfAccess.java";
        Outcome once = clone.gofer("run", file);
        assertThat(once.status()).as("%s", once).isZero();
        Outcome found = clone.gofer("explore", "--schedules", "100", file);
        assertThat(found.status()).as("%s", found).isZero();
        assertThat(found.out()).doesNotContain("outputs", "note");
        assertThat(clone.gofer("run", "--replay", "g1-", file)).isEqualTo(once);
        assertThat(clone.gofer("run", "--procs", "1", "--replay", "g1-", file)).isEqualTo(once);
    }

    @Test
    void stepLimitIsNotAFault() throws Exception {
        String file =
                write("Sleeps.java", "void main() { while (true) gofer.Go.sleep(java.time.Duration.ofHours(1)); }");
        Outcome found = clone.gofer("explore", "--schedules", "2", "--steps", "100", file);
        assertThat(found.status()).as("%s", found).isZero();
        assertThat(found.out()).contains("note: a schedule was abandoned after 100 steps: it may or may not end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"System.exit", "Runtime.getRuntime().exit", "Runtime.getRuntime().halt"})
    void programThatExitsIsReported(String exit) throws Exception {
        Outcome found = clone.gofer("explore", write("Exits.java", "void main() { " + exit + "(0); }"));
        assertThat(found.status()).as("%s", found).isEqualTo(1);
        assertThat(found.out())
                .contains(exit.replace("getRuntime().", "") + " in an exploration: it would end the search");
    }

    @Test
    void usageErrorIsReportedWithStatus2() throws Exception {
        assertThat(clone.gofer("explore").err()).startsWith("gofer: explore needs a file: ");
        assertThat(clone.gofer("explore", "No.java"))
                .isEqualTo(new Outcome(2, "", "gofer: there is no file No.java\n"));
        assertThat(clone.gofer("explore", "--schedules", "0", OVERDRAFT))
                .isEqualTo(new Outcome(2, "", "gofer: --schedules needs a number of at least 1, not '0'\n"));
        assertThat(clone.gofer("explore", "--fast", OVERDRAFT).err())
                .isEqualTo("gofer: explore has no option --fast; see gofer --help\n");
        assertThat(clone.gofer("run", "--replay").err()).isEqualTo("gofer: --replay needs a token\n");
        assertThat(clone.gofer("run", "--replay", "soon", OVERDRAFT))
                .isEqualTo(new Outcome(2, "", "gofer: not a token of a schedule: 'soon'\n"));
    }
}
