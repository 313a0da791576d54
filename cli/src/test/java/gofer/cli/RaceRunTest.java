package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.RaceJvm.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gofer run --race`, with the race detector in a JVM of its own.
final class RaceRunTest {

    private static final String SALES = "../examples/snippets/Sales.java";

    /// Two threads that increment `total` without a lock, and code after them.
    private static final String RACE =
            """
            import module gofer;

            int total;

            void main() throws Exception {
                Race.onReport(report -> IO.println("heard of " + report.variable() + " " + report.json().startsWith("{")));
                var one = new Thread(() -> total++);
                var other = new Thread(() -> total++);
                one.start();
                other.start();
                one.join();
                other.join();
                IO.println(Race.enabled() + " " + total);
                AFTER
            }
            """;

    @TempDir private Path folder;

    private Outcome run(String source) throws IOException, InterruptedException {
        return new RaceJvm(folder).run(source);
    }

    private Outcome run(Map<String, String> environment, String options, String file)
            throws IOException, InterruptedException {
        return new RaceJvm(folder).run(environment, options, file);
    }

    @Test
    void fieldsOfOtherClassesOfTheFileAreKnown() throws Exception {
        String program =
                """
                import module gofer;

                class Flag { volatile boolean set; }
                class Box { int value; }
                int data;

                void main() {
                    var flag = new Flag();
                    var box = new Box();
                    var wg = new WaitGroup();
                    wg.go(() -> { data = 1; USE; flag.set = true; });
                    wg.go(() -> { while (!flag.set) Go.gosched(); IO.println(data); USE; });
                    wg.await();
                }
                """;
        Outcome fine = run(program.replace("USE;", ""));
        assertThat(fine.err()).doesNotContain("RACE");
        assertThat(fine.status()).isZero();
        Outcome racy = run(program.replace("set = true;", "set = true; USE;").replace("USE", "box.value++"));
        assertThat(racy.err()).contains("DATA RACE on Box.value");
        assertThat(racy.status()).isEqualTo(66);
    }

    @Test
    void raceOfGoroutinesIsReported() throws Exception {
        Outcome outcome = run(Map.of(), "=race", SALES);
        assertThat(outcome.status()).isEqualTo(66);
        assertThat(outcome.out()).isEqualTo("sold: 1\n");
        assertThat(outcome.err())
                .contains("WARNING: DATA RACE on Sales.sold\n")
                .contains("    at Sales.sold(Sales.java:24)\n")
                .contains("    at Sales.sell(Sales.java:19)\n")
                .contains("Goroutine 2 \"clerk\" was started by goroutine 1:\n    at Sales.main(Sales.java:11)\n")
                .doesNotContain("gofer.runtime", "java.lang.VirtualThread")
                .endsWith("Found 1 data race(s)\n");
    }

    @Test
    void fixedProgramIsSilent() throws Exception {
        String fixed =
                Files.readString(Path.of(SALES)).replace("return sold;", "try (var _ = mu.lock()) {\nreturn sold;\n}");
        Outcome outcome = run(fixed);
        assertThat(outcome).extracting(Outcome::status, Outcome::out).containsExactly(0, "sold: 1\n");
        assertThat(outcome.err()).doesNotContain("RACE", "gofer:");
    }

    @Test
    void programLearnsOfItsRaces() throws Exception {
        Outcome outcome = run(RACE.replace("AFTER", ""));
        assertThat(outcome.out()).contains("heard of Main.total true\n").contains("true ");
        assertThat(outcome.status()).isEqualTo(66);
    }

    @Test
    void statusOfTheProgramIsKept() throws Exception {
        assertThat(run(RACE.replace("AFTER", "System.exit(5);")).status()).isEqualTo(5);
        assertThat(run(RACE.replace("AFTER", "System.exit(0);")).status()).isEqualTo(66);
        assertThat(run(RACE.replace("AFTER", "throw new IllegalStateException();")).status()).isEqualTo(2);
    }

    @Test
    void releaseAndAcquireAreAnEdge() throws Exception {
        Outcome outcome =
                run(
                        """
                        import module gofer;
                        import static gofer.Go.*;

                        int total;

                        void main() {
                            Object edge = this;
                            go(() -> {
                                total++;
                                Race.release(edge);
                            });
                            while (numGoroutine() > 1) gosched();
                            Race.acquire(edge);
                            IO.println(total);
                        }
                        """);
        assertThat(outcome.err()).doesNotContain("RACE");
        assertThat(outcome).extracting(Outcome::status, Outcome::out).containsExactly(0, "1\n");
    }

    @Test
    void tasksOfAPoolRaceButFuturesAreInOrder() throws Exception {
        Outcome outcome =
                run(
                        """
                        import module java.base;

                        int racy;
                        int ordered;

                        void main() throws Exception {
                            try (var pool = Executors.newFixedThreadPool(2)) {
                                var both = new CyclicBarrier(2);
                                Callable<Integer> task = () -> {
                                    both.await();
                                    return ++racy;
                                };
                                ordered++;
                                var one = pool.submit(task);
                                var other = pool.submit(task);
                                one.get();
                                other.get();
                                pool.submit(() -> ordered++).get();
                                ordered++;
                            }
                            IO.println(ordered);
                        }
                        """);
        assertThat(outcome.err()).contains("DATA RACE on Main.racy").doesNotContain("Main.ordered");
        assertThat(outcome.out()).isEqualTo("3\n");
    }

    @Test
    void printingOrdersNothing() throws Exception {
        Outcome outcome =
                run(
                        """
                        int total;

                        void main() throws Exception {
                            var one = Thread.ofPlatform().start(() -> {
                                total++;
                                System.out.println("one");
                                System.err.printf("%s%n", "one");
                            });
                            var other = Thread.ofPlatform().start(() -> {
                                System.err.printf("%s%n", "other");
                                System.out.println("other");
                                total++;
                            });
                            one.join();
                            other.join();
                        }
                        """);
        assertThat(outcome.err()).contains("DATA RACE on Main.total");
    }

    /// The initializer of a class got the object from another thread. A third thread is after the initializer.
    @Test
    void staticFinalFieldFollowsItsInitializer() throws Exception {
        Outcome outcome =
                run(
                        """
                        static class Shop {
                            int total;
                        }

                        static class Holder {
                            static final Shop SHOP = fromOther();
                        }

                        static Shop fromOther() {
                            var shop = new Shop();
                            join(Thread.ofPlatform().start(() -> shop.total = 7));
                            return shop;
                        }

                        static void join(Thread thread) {
                            try {
                                thread.join();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }

                        void main() {
                            var one = Thread.ofPlatform().start(() -> IO.println(Holder.SHOP.total));
                            var other = Thread.ofPlatform().start(() -> IO.println(Holder.SHOP.total));
                            join(one);
                            join(other);
                        }
                        """);
        assertThat(outcome.err()).doesNotContain("RACE");
        assertThat(outcome.out()).isEqualTo("7\n7\n");
    }

    /// A program without Gofer, whose threads race and whose main thread ends in different ways.
    @Test
    void statusOfAPlainProgramIsKept() throws Exception {
        assertThat(runPlain("").status()).isEqualTo(66);
        assertThat(runPlain("throw new IllegalStateException();").status()).isEqualTo(1);
    }

    /// A hook runs after the ends of all threads for which the JVM waits, and after its registration.
    @Test
    void shutdownHooksAreInOrder() throws Exception {
        String start =
                """
                var hook = new Thread(() -> IO.println("ended " + ended));
                Runtime.getRuntime().addShutdownHook(hook);
                ended++;
                Thread.ofPlatform().start(() -> ended++);
                """;
        Outcome outcome = runPlain(start.replace("ended++;\nThread", "Thread"));
        assertThat(outcome.out()).endsWith("ended 1\n");
        assertThat(outcome.err()).contains("Main.racy").doesNotContain("Main.ended");
        outcome = runPlain(start.replace(".start(() -> ended++);", ".start(() -> {}).join();") + "System.exit(0);");
        assertThat(outcome.out()).endsWith("ended 1\n");
        assertThat(outcome.err()).contains("Main.racy").doesNotContain("Main.ended");
    }

    private Outcome runPlain(String end) throws IOException, InterruptedException {
        String source =
                """
                static int racy;
                static int ended;

                void main() throws Exception {
                    var one = Thread.ofPlatform().start(() -> racy++);
                    var other = Thread.ofPlatform().start(() -> racy++);
                    one.join();
                    other.join();
                    END
                }
                """;
        Path file = Files.writeString(folder.resolve("Main.java"), source.replace("END", end));
        return new RaceJvm(folder).start(Map.of(), List.of(RaceJvm.agent() + "=race", file.toString()));
    }

    /// The lock of a stream orders what the stream calls.
    @Test
    void streamOfTheProgramIsInOrder() throws Exception {
        Outcome outcome =
                run(
                        """
                        import module java.base;

                        static class Counting extends OutputStream {
                            int bytes;

                            public void write(int b) {
                                bytes++;
                            }
                        }

                        void main() throws Exception {
                            var out = new PrintStream(new Counting(), true);
                            var one = Thread.ofPlatform().start(() -> out.print("one"));
                            var other = Thread.ofVirtual().start(() -> out.print("other"));
                            one.join();
                            other.join();
                        }
                        """);
        assertThat(outcome.err()).doesNotContain("RACE");
    }

    @Test
    void optionsComeFromTheEnvironment() throws Exception {
        Path log = folder.resolve("races");
        Outcome outcome = run(Map.of("GOFERRACE", "format=json exitcode=3 log_path=" + log), "=race", SALES);
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).doesNotContain("RACE");
        try (var files = Files.list(folder)) {
            Path written =
                    files.filter(file -> file.getFileName().toString().startsWith("races.")).findFirst().orElseThrow();
            assertThat(written).content().startsWith("{\"variable\": \"Sales.sold\", ").endsWith("}\n");
        }
    }

    @Test
    void programEndsAtItsFirstRaceOnRequest() throws Exception {
        Outcome outcome = run(Map.of("GOFERRACE", "halt_on_error=1"), "=race", SALES);
        assertThat(outcome.status()).isEqualTo(66);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void suppressedRaceIsNoRace() throws Exception {
        Path known = Files.writeString(folder.resolve("known"), "Sales.sell # the clerk\n");
        Outcome outcome = run(Map.of("GOFERRACE", "suppressions=" + known), "=race", SALES);
        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).doesNotContain("RACE");
    }

    @Test
    void invalidOptionEndsTheJvm() throws Exception {
        Outcome outcome = run(Map.of("GOFERRACE", "exitcode=x"), "=race", SALES);
        assertThat(outcome).extracting(Outcome::status, Outcome::out).containsExactly(2, "");
        assertThat(outcome.err()).endsWith("gofer: GOFERRACE: exitcode must be a number from 0 to 255, not 'x'\n");
    }

    @Test
    void withoutTheDetectorNothingRuns() throws Exception {
        Outcome outcome = run(Map.of(), "", SALES);
        assertThat(outcome)
                .isEqualTo(
                        new Outcome(
                                2,
                                "",
                                "gofer: --race needs a JVM that is started with -javaagent:gofer-testing.jar=race\n"));
    }
}
