package gofer.conformance.race;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.ChildProgram;
import gofer.conformance.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `output_test.go` and `sched_test.go`.
class DetectorTest {

    private static final Path SALES = Path.of("../examples/snippets/Sales.java");

    @TempDir private Path folder;

    private Path program(String source) throws IOException {
        return Files.writeString(folder.resolve("Main.java"), source);
    }

    @Test
    @Pins("RC-01")
    void onlyRacesOfPathsThatRanAreReported() throws Exception {
        ChildProgram end =
                RaceProgram.run(
                        "",
                        program(
                                """
                                import module gofer;

                                int racy;
                                int sent;
                                int locked;
                                int joined;
                                int idle;
                                volatile int published;

                                void main(String[] args) {
                                    var mu = new Mutex();
                                    var requests = Chan.<Integer>make();
                                    var answers = Chan.<Integer>make();
                                    var all = new WaitGroup();
                                    sent = 1;
                                    for (int i = 0; i < 2; i++) {
                                        all.go(() -> {
                                            requests.recv();
                                            sent++;
                                            answers.send(0);
                                            racy++;
                                            if (args.length > 0) idle++;
                                            try (var _ = mu.lock()) {
                                                locked++;
                                            }
                                            published++;
                                        });
                                    }
                                    all.go(() -> joined++);
                                    for (int i = 0; i < 2; i++) {
                                        requests.send(0);
                                        answers.recv();
                                    }
                                    all.await();
                                    IO.println(joined + sent + locked);
                                }
                                """));
        assertThat(end.out()).as("%s", end).isEqualTo("6\n");
        assertThat(end.err().lines().filter(line -> line.startsWith("WARNING")))
                .containsOnly("WARNING: DATA RACE on Main.racy");
        assertThat(end.status()).isEqualTo(66);
    }

    @Test
    @Pins("RC-03")
    void reportShowsBothAccessesAndTheStartsOfTheirGoroutines() {
        ChildProgram end = RaceProgram.run("", SALES);
        assertThat(end.out()).isEqualTo("sold: 1\n");
        assertThat(end.err())
                .contains("==================\nWARNING: DATA RACE on Sales.sold\n")
                .containsPattern(
                        "(Read|Previous read) by goroutine 3 \"manager\":\n    at Sales.sold\\(Sales.java:24\\)")
                .containsPattern(
                        "(Write|Previous write) by goroutine 2 \"clerk\":\n    at Sales.sell\\(Sales.java:19\\)")
                .contains("Goroutine 3 \"manager\" was started by goroutine 1:\n    at Sales.main(Sales.java:12)\n")
                .contains("Goroutine 2 \"clerk\" was started by goroutine 1:\n    at Sales.main(Sales.java:11)\n")
                .endsWith("\nFound 1 data race(s)\n");
        assertThat(end.status()).isEqualTo(66);
    }

    @Test
    @Pins("RC-03")
    void testWithARaceFails() throws Exception {
        ChildProgram end =
                RaceProgram.runAsIs(
                        program(
                                """
                                import gofer.sync.WaitGroup;
                                import org.junit.jupiter.api.Test;

                                static class CounterTest {
                                    int counter;

                                    @Test
                                    void counts() {
                                        var all = new WaitGroup();
                                        all.go(() -> counter++);
                                        all.go(() -> counter++);
                                        all.await();
                                    }
                                }

                                void main() {
                                    try {
                                        new CounterTest().counts();
                                    } catch (AssertionError failed) {
                                        IO.println(failed.getMessage());
                                    }
                                }
                                """));
        assertThat(end.out()).as("%s", end).contains("DATA RACE on CounterTest.counter");
    }

    @Test
    @Pins("RC-04")
    void statusAndLogCanBeSet() throws Exception {
        Path log = folder.resolve("log");
        ChildProgram end = RaceProgram.run("exitcode=13 strip_path_prefix=Sales. log_path=" + log, SALES);
        assertThat(end.status()).isEqualTo(13);
        assertThat(end.err()).doesNotContain("RACE", "Found");
        try (var files = Files.newDirectoryStream(folder, "log.*")) {
            assertThat(files.iterator().next())
                    .content()
                    .contains("    at sold(Sales.java:24)\n")
                    .endsWith("Found 1 data race(s)\n");
        }
    }

    @Test
    @Pins("RC-04")
    void programCanEndAtItsFirstRace() {
        ChildProgram end = RaceProgram.run("halt_on_error=1", SALES);
        assertThat(end).extracting(ChildProgram::status, ChildProgram::out).containsExactly(66, "");
    }

    /// There is no `history_size`, because nothing is forgotten.
    @Test
    @Pins("RC-04")
    void oldAccessIsRemembered() throws Exception {
        ChildProgram end =
                RaceProgram.run(
                        "",
                        program(
                                """
                                import module gofer;

                                int old;
                                int recent;

                                void main() {
                                    var done = Chan.<Boolean>make();
                                    Go.go(() -> write(done));
                                    Go.go(() -> write(done));
                                    done.recv();
                                    done.recv();
                                }

                                void write(Chan<Boolean> done) {
                                    old++;
                                    int[] numbers = new int[1000];
                                    for (int i = 0; i < 1_000_000; i++) {
                                        numbers[i % 1000] = depth(10);
                                    }
                                    done.send(true);
                                }

                                int depth(int rest) {
                                    return rest == 0 ? 0 : 1 + depth(rest - 1);
                                }
                                """));
        assertThat(end.err()).contains("DATA RACE on Main.old\n", "    at Main.write(Main.java:15)\n");
        assertThat(end.err().split("Main.write\\(Main.java:15\\)", -1)).as("both stacks").hasSize(3);
    }

    @Test
    @Pins("RC-05")
    void goroutinesRunInSeveralOrders() throws Exception { // TestRandomScheduling
        Path program =
                program(
                        """
                        import module gofer;
                        import module java.base;

                        void main() {
                            Go.gomaxprocs(1);
                            var orders = new HashSet<List<Integer>>();
                            for (int i = 0; i < 50; i++) {
                                var values = Chan.<Integer>make(10);
                                for (int j = 0; j < 10; j++) {
                                    int value = j;
                                    Go.go(() -> values.send(value));
                                }
                                var order = new ArrayList<Integer>();
                                while (order.size() < 10) order.add(values.recv());
                                orders.add(order);
                            }
                            IO.println(orders.size());
                        }
                        """);
        int without = Integer.parseInt(RaceProgram.runWithout(program).out().strip());
        int with = Integer.parseInt(RaceProgram.run("", program).out().strip());
        assertThat(with).isGreaterThan(25).isGreaterThan(without);
    }

    @Test
    @Pins("RC-05")
    void poolDropsAQuarter() throws Exception {
        Path program =
                program(
                        """
                        import module gofer;
                        import module java.base;

                        void main() {
                            var made = new AtomicInteger();
                            var pool = new Pool<Integer>(made::incrementAndGet);
                            for (int i = 0; i < 1000; i++) pool.put(0);
                            for (int i = 0; i < 1000; i++) pool.get();
                            IO.println(made);
                        }
                        """);
        assertThat(RaceProgram.runWithout(program)).isEqualTo(new ChildProgram(0, "0\n", ""));
        assertThat(Integer.parseInt(RaceProgram.run("", program).out().strip())).isBetween(150, 350);
    }
}
