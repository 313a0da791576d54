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

    /// Starts a peer.
    ///
    /// @param name the name for messages
    PeerProcess(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
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

    /// Runs `row`, checks its result, and returns the measured value for all `n` operations together.
    long run(Row row, int n) throws IOException {
        String[] answer = ask(row.name() + " " + n);
        long result = Long.parseLong(answer[1]);
        long expected = row.result().applyAsLong(n);
        if (result != expected) {
            throw new IOException(
                    name + ": " + row.name() + " with " + n + " returned " + result + " instead of " + expected);
        }
        return Long.parseLong(answer[0]);
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
