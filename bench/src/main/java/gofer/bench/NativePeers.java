package gofer.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the peers in Go and Rust, if their compilers are installed.
final class NativePeers {

    /// The folder into which Debian's packages librust-crossbeam-channel-dev and librust-tokio-dev put the sources.
    private static final Path DEBIAN = Path.of("/usr/share/cargo/registry");

    private NativePeers() {}

    static List<Competitor> go(Path home) throws IOException, InterruptedException {
        Path go = onPath("go");
        if (go == null) {
            System.err.println("bench: go is not on the PATH: Go is left out");
            return List.of();
        }
        Path binary = Files.createTempFile("gofer-bench-go", ".exe");
        binary.toFile().deleteOnExit();
        Path sources = home.resolve("bench/src/main/go");
        if (!succeeds(sources, List.of(go.toString(), "build", "-o", binary.toString(), "."))) {
            throw new IOException("go build failed in " + sources);
        }
        return List.of(new Competitor(Competitor.GO, List.of(binary.toString())));
    }

    /// Rust's libraries may be missing. Then the build fails, and Rust is left out.
    static List<Competitor> rust(Path home) throws IOException, InterruptedException {
        Path cargo = onPath("cargo");
        if (cargo == null) {
            System.err.println("bench: cargo is not on the PATH: Rust is left out");
            return List.of();
        }
        Path sources = home.resolve("bench/src/main/rust");
        Path output = home.resolve("bench/target/bench/rust");
        Files.deleteIfExists(sources.resolve("Cargo.lock")); // the libraries may now come from somewhere else
        List<String> command = new ArrayList<>();
        command.addAll(List.of(cargo.toString(), "build", "--release", "--quiet", "--target-dir", output.toString()));
        command.addAll(librariesOfDebian());
        if (!succeeds(sources, command)) {
            System.err.println(
                    "bench: cargo cannot build Rust's peers: Rust is left out. Without a network, install"
                            + " librust-crossbeam-channel-dev and librust-tokio-dev");
            return List.of();
        }
        String program = output.resolve("release/gofer-bench").toString();
        return List.of(
                new Competitor(Competitor.CROSSBEAM, List.of(program, "crossbeam")),
                new Competitor(Competitor.TOKIO, List.of(program, "tokio")));
    }

    /// Returns the options that make Cargo use the sources of Debian instead of a network, if Debian has installed them.
    private static List<String> librariesOfDebian() {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        return List.of(
                "--offline",
                "--config",
                "source.crates-io.replace-with='debian'",
                "--config",
                "source.debian.directory='" + DEBIAN + "'");
    }

    private static boolean succeeds(Path folder, List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor() == 0;
    }

    private static @Nullable Path onPath(String tool) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            Path file = Path.of(folder, tool);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        return null;
    }
}
