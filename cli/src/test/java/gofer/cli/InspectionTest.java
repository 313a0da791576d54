package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.cli.Clone.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tests of the commands that inspect another process, with the `gofer` of this repository.
final class InspectionTest {
    @TempDir private static Path folder;

    private static Clone clone;

    @BeforeAll
    @Timeout(600) // it may build the launcher
    static void build() throws Exception {
        clone = Clone.inPlace();
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    /// The program may have loaded Gofer from the class path, from the module path, or by its own class loader.
    @Test
    void dumpShowsTheGoroutinesOfAnotherProcess() throws Exception {
        write(
                "Waits.java",
                """
                import gofer.Go;
                import gofer.chan.Chan;
                public class Waits {
                    public static void main(String[] args) throws Exception {
                        Chan<Integer> chan = Chan.make();
                        Go.go("waiter", () -> chan.recv());
                        System.out.println("ready");
                        System.in.read();
                    }
                }
                """);
        write(
                "Far.java",
                """
                void main() throws Exception {
                    var jar = Path.of("cli/target/run/gofer.jar").toUri().toURL();
                    var loader = new java.net.URLClassLoader(new java.net.URL[] {jar});
                    Object chan = loader.loadClass("gofer.chan.Chan").getMethod("make").invoke(null);
                    Class<?> body = loader.loadClass("gofer.goroutine.Body");
                    Object waiter = java.lang.reflect.Proxy.newProxyInstance(loader, new Class<?>[] {body},
                        (proxy, method, args) -> method.getName().equals("run")
                            ? loader.loadClass("gofer.chan.RecvChan").getMethod("recv").invoke(chan)
                            : proxy);
                    loader.loadClass("gofer.Go").getMethod("go", String.class, body).invoke(null, "waiter", waiter);
                    IO.println("ready");
                    IO.readln();
                }
                """);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = clone.root().resolve("cli/target/run/gofer.jar").toString();
        String agents = "-XX:+EnableDynamicAgentLoading";
        assertDumped(clone.start("run", file("Waits.java")));
        assertDumped(Clone.start(clone.root(), Map.of(), Path.of(java), agents, "-cp", jar, file("Waits.java")));
        assertDumped(
                Clone.start(
                        clone.root(),
                        Map.of(),
                        Path.of(java),
                        agents,
                        "-p",
                        jar,
                        "--add-modules",
                        "gofer",
                        file("Waits.java")));
        assertDumped(Clone.start(clone.root(), Map.of(), Path.of(java), agents, file("Far.java")));
    }

    @Test
    void profileIsPrintedOrWritten() throws Exception {
        write(
                "Busy.java",
                """
                import module gofer;
                import static gofer.Go.*;
                void main() {
                    Chan<Integer> chan = Chan.make();
                    go("ticker", () -> { for (;;) { sleep(Duration.ofMillis(1)); chan.send(1); } });
                    go("done", () -> { IO.readln(); System.exit(0); });
                    chan.recv();
                    IO.println("ready");
                    for (;;) chan.recv();
                }
                """);
        var program = clone.start("run", file("Busy.java"));
        assertThat(program.process().inputReader().readLine()).isEqualTo("ready");
        String pid = String.valueOf(program.process().pid());
        assertThat(clone.gofer("profile", "block", pid, "--for", "300ms").out())
                .startsWith("block profile: total ")
                .contains(" at\n\tBusy.main(Busy.java:");
        assertThat(clone.gofer("profile", "--for", "1ms", "mutex", pid).out()).startsWith("mutex profile: total 0, ");
        assertThat(clone.gofer("profile", "goroutine", pid).out()).startsWith("goroutine profile: total 3\n");
        assertThat(clone.gofer("profile", "leak", pid).out()).isEqualTo("goroutineleak profile: total 0\n");
        assertThat(clone.gofer("leaks", pid)).isEqualTo(new Outcome(0, "no goroutine has leaked\n", ""));
        assertThat(clone.gofer("doctor", pid).out()).contains("  goroutines run on Gofer's scheduler, ");
        assertThat(clone.gofer("profile", "goroutine", pid, "-o", file("g.pb.gz"))).isEqualTo(new Outcome(0, "", ""));
        try (var zip = new GZIPInputStream(Files.newInputStream(folder.resolve("g.pb.gz")))) {
            assertThat(new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1)).contains("Busy.main");
        }
        assertThat(program.outcome("\n")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void traceKeepsAndWritesTheLastSeconds() throws Exception {
        write(
                "Traced.java",
                """
                import module gofer;
                import static gofer.Go.*;
                void main() {
                    go("worker", () -> { for (;;) sleep(Duration.ofMillis(5)); });
                    go("done", () -> { IO.readln(); System.exit(0); });
                    IO.println("ready");
                    block();
                }
                """);
        var program = clone.start("run", file("Traced.java"));
        assertThat(program.process().inputReader().readLine()).isEqualTo("ready");
        String pid = String.valueOf(program.process().pid());
        assertThat(clone.gofer("trace", pid, "-o", file("x.jfr")).err())
                .isEqualTo("gofer: process " + pid + ": nothing is being recorded; start with: gofer trace PID --on\n");
        assertThat(clone.gofer("trace", pid, "--on").out()).startsWith("recording: the last minute is kept");
        assertThat(clone.gofer("trace", pid, "--on").out()).isEqualTo("already recording\n");
        List<RecordedEvent> events = List.of();
        Files.write(folder.resolve("x.jfr"), new byte[10 << 20]); // a longer file, to be replaced
        while (events.isEmpty()) {
            assertThat(clone.gofer("trace", pid, "--last", "1s", "-o", file("x.jfr")))
                    .isEqualTo(new Outcome(0, "", ""));
            events =
                    RecordingFile.readAllEvents(folder.resolve("x.jfr")).stream()
                            .filter(event -> event.getEventType().getName().equals("gofer.GoroutineBlock"))
                            .toList();
        }
        assertThat(events).allMatch(event -> event.getString("name").equals("worker"));
        assertThat(Duration.between(events.getFirst().getEndTime(), events.getLast().getEndTime()))
                .isLessThan(Duration.ofSeconds(5));
        assertThat(clone.gofer("trace", pid, "--off").out()).isEqualTo("recording stopped\n");
        assertThat(clone.gofer("trace", pid, "--off").out()).isEqualTo("it was not recording\n");
        assertThat(clone.gofer("trace", pid).err()).startsWith("gofer: missing option: ");
        assertThat(program.outcome("\n")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void invalidProfileCommandIsReported() throws Exception {
        assertThat(clone.gofer("profile", "time", "1").err())
                .startsWith("gofer: missing or unknown profile: ")
                .contains("'time'");
        assertThat(clone.gofer("profile").err())
                .isEqualTo("gofer: missing or unknown profile: gofer profile block|mutex|goroutine|leak PID\n");
        assertThat(clone.gofer("profile", "block", "1", "--for").err()).isEqualTo("gofer: --for needs a value\n");
        for (String time : List.of("soon", "10", "-1s", "0s", "1h30m", "25h", "99999999999999999999s")) {
            assertThat(clone.gofer("profile", "block", "1", "--for", time).err())
                    .isEqualTo(
                            "gofer: --for needs a time of at most a day, such as 500ms, 10s or 2m; not '"
                                    + time
                                    + "'\n");
        }
    }

    @Test
    void unwritableFileIsReportedBeforeTheProcessIsInspected() throws Exception {
        String place = folder.toString();
        assertThat(clone.gofer("profile", "block", "999999999", "-o", place).err())
                .isEqualTo("gofer: cannot write " + place + ": it is a folder\n");
        assertThat(clone.gofer("trace", "999999999", "-o", place + "/nowhere/x.jfr").err())
                .isEqualTo(
                        "gofer: cannot write " + place + "/nowhere/x.jfr: there is no folder " + place + "/nowhere\n");
    }

    @Test
    void usageErrorIsReported() throws Exception {
        assertThat(clone.gofer("dump", "--jsn", "1").err())
                .isEqualTo("gofer: dump has no option --jsn; see gofer --help\n");
        assertThat(clone.gofer("leaks", "1", "2").err()).isEqualTo("gofer: one process at a time, not '1 2'\n");
        assertThat(clone.gofer("trace", "1", "--on", "--off").err())
                .isEqualTo("gofer: trace has no option --off; see gofer --help\n");
        assertThat(clone.gofer("doctor", "me").err()).startsWith("gofer: 'me' is not a PID; use one of:\n");
    }

    @Test
    void doctorChecksThisMachine() throws Exception {
        Outcome report = clone.gofer("doctor");
        assertThat(report.status()).isZero();
        assertThat(report.out())
                .contains("  Java " + Runtime.version(), "  goroutines run on Gofer's scheduler, ", " processor")
                .doesNotContain("! goroutines", "EnableDynamicAgentLoading");
    }

    private static void assertDumped(Clone.Running program) throws Exception {
        String line = program.process().inputReader().readLine();
        assertThat(line).as("%s", line == null ? program.outcome("") : "running").isEqualTo("ready");
        String pid = String.valueOf(program.process().pid());
        for (int look = 0; look < 2; look++) {
            Outcome text = clone.gofer("dump", pid);
            assertThat(text.err()).isEmpty();
            assertThat(text.out())
                    .containsPattern("goroutine \\d+ \"waiter\" \\[chan receive.*]:\n\tat ")
                    .containsPattern("\twaits to receive from chan \\d+ \\(len 0, cap 0, receivers 1, senders 0\\)");
        }
        Outcome json = clone.gofer("dump", "--json", pid);
        assertThat(json.out()).startsWith("{\"goroutines\": ").contains("\"name\": \"waiter\"").endsWith("}\n");
        assertThat(program.outcome("\n")).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void processThatCannotBeInspectedIsReported() throws Exception {
        assertThat(clone.gofer("dump").err()).startsWith("gofer: missing PID; use one of:\n");
        assertThat(clone.gofer("dump", "999999999").err())
                .startsWith("gofer: there is no process 999999999; processes ");
        Process cat = new ProcessBuilder("cat").start();
        assertThat(clone.gofer("dump", String.valueOf(cat.pid())).err())
                .startsWith("gofer: process " + cat.pid() + " is not Java, or was started with -XX:+DisableAttach");
        cat.getOutputStream().close();
        write("Plain.java", "void main() { IO.println(1); IO.readln(); }");
        for (String agents : List.of("+", "-")) {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            String option = "-XX:" + agents + "EnableDynamicAgentLoading";
            var plain = Clone.start(clone.root(), Map.of(), java, option, file("Plain.java"));
            assertThat(plain.process().inputReader().readLine()).isEqualTo("1");
            String pid = String.valueOf(plain.process().pid());
            assertThat(clone.gofer("dump", pid))
                    .matches(dump -> dump.status() == 2 && dump.out().isEmpty())
                    .extracting(Outcome::err)
                    .asString()
                    .contains(
                            "process " + pid + (agents.equals("+") ? " has not used Gofer" : " does not accept tools"));
            assertThat(plain.outcome("\n").status()).isZero();
        }
    }

    /// Passes if there is no such process.
    @Test
    void processOfAnotherUserIsNotInspected() throws Exception {
        var ours = ProcessHandle.current().info().user();
        var other =
                ProcessHandle.allProcesses()
                        .filter(process -> process.info().user().isPresent() && !process.info().user().equals(ours))
                        .findFirst();
        if (other.isPresent()) {
            String pid = String.valueOf(other.get().pid());
            assertThat(clone.gofer("dump", pid).err())
                    .startsWith("gofer: process " + pid + " belongs to ")
                    .contains(", and only that user can inspect it; processes that can be inspected:\n");
        }
    }
}
