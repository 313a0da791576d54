package gofer.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running program, and the tools that inspect it.
final class Running implements AutoCloseable {
    private static final Path GOFER = Path.of("../../gofer").toAbsolutePath().normalize();

    /// The result of a process.
    record Outcome(int status, String out, String err) {}

    private final Process process;
    private final Path err; // a file, so that reading one stream never waits for the other

    private Running(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    static Running start(List<String> command) throws IOException {
        Path err = Files.createTempFile("gofer", ".err");
        return new Running(new ProcessBuilder(command).redirectError(err.toFile()).start(), err);
    }

    /// Waits until the program prints a line that starts with `ready`, and returns the rest of the line.
    String untilReady() throws IOException {
        return untilOut("ready");
    }

    /// Waits until the program prints a line that starts with `word`, and returns the rest of the line.
    String untilOut(String word) throws IOException {
        var out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(word)) return line.substring(word.length()).strip();
        }
        throw new AssertionError("the program has ended: " + Files.readString(err));
    }

    /// Runs `./gofer` with the process id of the program in place of `PID`.
    Outcome ask(String command) throws Exception {
        return gofer(command.replace("PID", pid()));
    }

    /// Runs `./gofer`.
    static Outcome gofer(String command) throws Exception {
        var words = new ArrayList<String>();
        words.add(GOFER.toString());
        words.addAll(List.of(command.split(" ")));
        try (var tool = start(words)) {
            return tool.untilOver();
        }
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    /// Asks the program to end, by the signal SIGTERM.
    void terminate() {
        process.toHandle().destroy(); // `process.destroy` would also close the streams
    }

    void pressEnter() throws IOException {
        process.outputWriter().write("\n");
        process.outputWriter().flush();
    }

    Outcome untilOver() throws Exception {
        String out = process.inputReader().readAllAsString();
        int status = process.waitFor();
        return new Outcome(status, out, err());
    }

    /// Waits until the program has written `text` to standard error, or has ended. Returns everything written there so far.
    String untilErr(String text) throws Exception {
        while (!err().contains(text) && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
            // not written yet
        }
        return err();
    }

    /// Returns everything that the program has written to standard error so far.
    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(err);
    }
}
