package gofer.conformance.signal;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.ChildProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program that runs in a JVM of its own. The test reads its output and sends it signals. It is killed at the end of the
/// test, or if it takes too long.
final class LiveProgram implements AutoCloseable {

    /// Only a program that hangs takes longer.
    private static final long PATIENCE_SECONDS = 60;

    /// A shell starts background jobs with SIGINT ignored, and a JVM then does not handle it. This command undoes that.
    private static final List<String> WITH_DEFAULTS = List.of("env", "--default-signal=INT,HUP");

    private static final boolean HAS_DEFAULTS = hasDefaults();

    private final Process process;
    private final BufferedReader out;

    private LiveProgram(Process process) {
        this.process = process;
        this.out = process.inputReader();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /// Starts the `main` of `type`, a class of this class path.
    static LiveProgram start(Class<?> type, String argument, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(HAS_DEFAULTS ? WITH_DEFAULTS : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName(), argument));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        return new LiveProgram(builder.start());
    }

    private static boolean hasDefaults() {
        try {
            List<String> command = new ArrayList<>(WITH_DEFAULTS);
            command.add("true");
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException tooLong) {
            throw new AssertionError(tooLong);
        }
    }

    /// Waits until the program prints the next line, which must be `line`.
    void expect(String line) throws IOException {
        assertThat(out.readLine()).isEqualTo(line);
    }

    /// Sends the signal of that name, without SIG.
    void kill(String signal) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor()).isZero();
    }

    /// Waits for the end of the program, and returns the rest of its output.
    ChildProgram end() throws Exception {
        String rest = String.join("\n", out.readAllLines());
        return new ChildProgram(process.waitFor(), rest, "");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
