package gofer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A competitor of the bench.
///
/// @param name the name in the report
/// @param command the command that starts its process
record Competitor(String name, List<String> command) {

    static final String GO = "Go";
    static final String CROSSBEAM = "Rust, crossbeam";
    static final String TOKIO = "Rust, tokio";

    // with the options of `./gofer run`
    static final String GOFER = "Gofer";
    static final String GOFER_ON_JDK = "Gofer, JDK's scheduler";
    static final String KOTLIN = "Kotlin";
    static final String JOX = "Jox";
    static final String JDK = "JDK";

    // with the JVM's default options
    static final String WITH_FLAG = "Gofer, with the flag";
    static final String PLAIN = "Gofer, plain library";
    static final String KOTLIN_BY_DEFAULT = "Kotlin, defaults";
    static final String JOX_BY_DEFAULT = "Jox, defaults";
    static final String JDK_BY_DEFAULT = "JDK, defaults";

    /// The options of `./gofer run`.
    static final List<String> OPTIONS =
            List.of("-XX:+UseParallelGC", "-XX:InitialRAMPercentage=25", "-XX:FreqInlineSize=600");

    static final String OUR_SCHEDULER = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /// Returns all competitors that are installed on this machine, and names the others on standard error.
    ///
    /// @param home the root of the repository
    static List<Competitor> present(Path home) throws IOException, InterruptedException {
        List<Competitor> present = new ArrayList<>(NativePeers.go(home));
        present.addAll(NativePeers.rust(home));
        present.addAll(gofer());
        present.addAll(onJvm(KOTLIN, KOTLIN_BY_DEFAULT, "gofer.bench.kotlin.KotlinPeerKt"));
        present.addAll(onJvm(JOX, JOX_BY_DEFAULT, "gofer.bench.jox.JoxPeer"));
        present.addAll(onJvm(JDK, JDK_BY_DEFAULT, "gofer.bench.peers.JdkPeer"));
        return present;
    }

    private static List<Competitor> gofer() {
        String type = "gofer.bench.peers.GoferPeer";
        List<String> withOurScheduler = Stream.concat(OPTIONS.stream(), Stream.of(OUR_SCHEDULER)).toList();
        return List.of(
                onJvm(GOFER, type, withOurScheduler),
                onJvm(GOFER_ON_JDK, type, OPTIONS),
                onJvm(WITH_FLAG, type, List.of(OUR_SCHEDULER)),
                onJvm(PLAIN, type, List.of()));
    }

    /// Returns the same program twice: with the options of `./gofer run`, and with the JVM's default options.
    private static List<Competitor> onJvm(String name, String byDefault, String type) {
        if (Competitor.class.getResource("/" + type.replace('.', '/') + ".class") == null) {
            System.err.println("bench: " + name + " was not built, so it is left out");
            return List.of();
        }
        return List.of(onJvm(name, type, OPTIONS), onJvm(byDefault, type, List.of()));
    }

    /// Returns a competitor whose `main` is in the class `type` of this class path, with options for its JVM.
    static Competitor onJvm(String name, String type, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), type));
        return new Competitor(name, command);
    }

    PeerProcess start() throws IOException {
        return new PeerProcess(name, command);
    }
}
