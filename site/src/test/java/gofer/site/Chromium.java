package gofer.site;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A Chromium without windows, which can reach this machine only.
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");

    private final Process process;
    private final Path profile;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Tab tab;

    /// The program, if it is on the PATH.
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
        process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectErrorStream(false)
                        .start();
        tab = new Tab(client, address());
    }

    /// Its only tab.
    Tab tab() {
        return tab;
    }

    /// Chromium writes where it listens, and goes on writing.
    private URI address() throws IOException {
        var errors = process.errorReader();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (!line.startsWith("DevTools listening on ")) continue;
            Thread.ofVirtual().start(() -> errors.lines().forEach(_ -> {}));
            return URI.create(line.substring(line.indexOf("ws:")));
        }
        throw new IOException("Chromium has ended at once");
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        process.destroy();
        process.onExit().join();
        try (var files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
