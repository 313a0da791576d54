package gofer.site;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/// A headless Chromium that can connect to this machine only.
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    static final String MISSING = "please install Chromium; the PATH has none of the programs " + NAMES;

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Tab tab;

    /// Returns the first program of [#NAMES] on the PATH.
    static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Chromium(Path program) throws IOException {
        profile = Files.createTempDirectory("chromium");
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(
                List.of(
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile));
        process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        tab = new Tab(client, address());
    }

    /// Returns its only tab.
    Tab tab() {
        return tab;
    }

    /// Returns the address that Chromium prints. Then drains its output, so that it does not block.
    private URI address() throws IOException {
        var errors = process.errorReader();
        var output = new StringJoiner("\n");
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            output.add(line);
            if (!line.startsWith("DevTools listening on ")) continue;
            Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
            return URI.create(line.substring(line.indexOf("ws:")));
        }
        throw new IOException("Chromium did not start:\n" + output);
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        List<ProcessHandle> helpers = process.descendants().toList(); // which also write to the profile
        process.destroy();
        process.onExit().join();
        for (ProcessHandle helper : helpers) {
            helper.destroyForcibly();
            helper.onExit().join();
        }
        try (var files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
