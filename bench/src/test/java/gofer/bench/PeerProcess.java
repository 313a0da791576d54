package gofer.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A peer in a JVM of its own, with this class path.
final class PeerProcess implements AutoCloseable {

    /// So long that only a peer that hangs takes longer.
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader in;
    private final String version;
    private final List<String> rows;

    /// Starts the `main` of `type`, with options for the JVM.
    PeerProcess(Class<?> type, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        process = builder.start();
        in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        version = line();
        rows = List.of(line().split(" "));
    }

    String version() {
        return version;
    }

    /// The names of the rows it has.
    List<String> rows() {
        return rows;
    }

    /// What it answers to `request`.
    String ask(String request) throws IOException {
        var out = process.getOutputStream();
        out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return line();
    }

    /// Ends its input, and waits until it has ended.
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("the peer does not end");
    }

    private String line() throws IOException {
        var line = CompletableFuture.supplyAsync(this::readLine, task -> Thread.ofPlatform().daemon().start(task));
        try {
            return Objects.requireNonNull(line.get(PATIENCE_SECONDS, TimeUnit.SECONDS), "the peer has ended");
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        } catch (TimeoutException hangs) {
            process.destroyForcibly();
            throw new AssertionError("the peer does not answer", hangs);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    private String readLine() {
        try {
            return in.readLine();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
