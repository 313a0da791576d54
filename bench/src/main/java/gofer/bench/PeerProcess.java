package gofer.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Set;

/// A running peer.
final class PeerProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final String version;
    private final Set<String> rows;

    /// A run of all operations together.
    ///
    /// @param value the measured value, in the row's unit
    /// @param processor the processor time of the peer, in nanoseconds
    record Run(long value, long processor) {}

    /// The variables that give options to the JVM. A peer gets only the options of its command.
    private static final List<String> OPTIONS = List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    /// Starts a peer.
    ///
    /// @param name the name for messages
    PeerProcess(String name, List<String> command) throws IOException {
        this.name = name;
        var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        OPTIONS.forEach(builder.environment()::remove);
        process = builder.start();
        out = process.inputReader();
        in = process.outputWriter();
        version = readLine();
        rows = Set.of(readLine().split(" "));
    }

    String version() {
        return version;
    }

    /// Returns the names of the rows that the peer has.
    Set<String> rows() {
        return rows;
    }

    boolean has(Row row) {
        return rows.contains(row.name());
    }

    /// Runs `row` with `n` operations, and checks its result.
    Run run(Row row, int n) throws IOException {
        String[] answer = ask(row.name() + " " + n);
        long result = Long.parseLong(answer[1]);
        long expected = row.result().applyAsLong(n);
        if (result != expected) {
            throw new IOException(
                    name + ": " + row.name() + " with " + n + " returned " + result + " instead of " + expected);
        }
        return new Run(Long.parseLong(answer[0]), Long.parseLong(answer[2]));
    }

    void setProcs(int procs) throws IOException {
        ask("procs " + procs);
    }

    private String[] ask(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
        String answer = readLine();
        if (answer.startsWith("!")) {
            throw new IOException(name + ": " + line + ": " + answer.substring(1));
        }
        return answer.split(" ");
    }

    private String readLine() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException(name + " has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
