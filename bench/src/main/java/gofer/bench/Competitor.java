package gofer.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A competitor of the bench.
///
/// @param name the name in the report
/// @param command the command that starts its process
record Competitor(String name, List<String> command) {

    static final String GO = "Go";
    static final String GOFER = "Gofer";
    static final String GOFER_ON_JDK = "Gofer, JDK's scheduler";
    static final String KOTLIN = "Kotlin";
    static final String JOX = "Jox";
    static final String JDK = "JDK";

    /// The options of `./gofer run`. All peers on the JVM get them.
    static final List<String> OPTIONS =
            List.of("-XX:+UseParallelGC", "-XX:InitialRAMPercentage=25", "-XX:FreqInlineSize=600");

    static final String OUR_SCHEDULER = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /// Returns all competitors that are installed on this machine.
    ///
    /// @param goSources the folder of the Go program
    static List<Competitor> present(Path goSources) throws IOException, InterruptedException {
        List<Competitor> present = new ArrayList<>();
        Path go = onPath("go");
        if (go == null) {
            System.err.println("bench: go is not on the PATH: Go is left out");
        } else {
            present.add(new Competitor(GO, List.of(build(go, goSources).toString())));
        }
        present.add(onJvm(GOFER, "gofer.bench.peers.GoferPeer", OUR_SCHEDULER));
        present.add(onJvm(GOFER_ON_JDK, "gofer.bench.peers.GoferPeer"));
        present.add(onJvm(KOTLIN, "gofer.bench.kotlin.KotlinPeerKt"));
        present.add(onJvm(JOX, "gofer.bench.jox.JoxPeer"));
        present.add(onJvm(JDK, "gofer.bench.peers.JdkPeer"));
        present.removeIf(c -> !c.isBuilt());
        return present;
    }

    PeerProcess start() throws IOException {
        return new PeerProcess(name, command);
    }

    /// Returns a competitor whose `main` is in the class `type` of this class path, with options for its JVM.
    static Competitor onJvm(String name, String type, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type));
        return new Competitor(name, command);
    }

    private boolean isBuilt() {
        String program = command.getLast();
        boolean built =
                name.equals(GO) || Competitor.class.getResource("/" + program.replace('.', '/') + ".class") != null;
        if (!built) {
            System.err.println("bench: " + name + " was not built, so it is left out");
        }
        return built;
    }

    private static Path build(Path go, Path sources) throws IOException, InterruptedException {
        Path binary = Files.createTempFile("gofer-bench-go", ".exe");
        binary.toFile().deleteOnExit();
        int status =
                new ProcessBuilder(go.toString(), "build", "-o", binary.toString(), ".")
                        .directory(sources.toFile())
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("go build failed in " + sources);
        }
        return binary;
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
