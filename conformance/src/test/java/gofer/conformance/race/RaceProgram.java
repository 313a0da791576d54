package gofer.conformance.race;

import gofer.conformance.ChildProgram;
import gofer.testing.Explore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Runs a program as `./gofer run --race` does.
final class RaceProgram {

    private static final String MAIN = "gofer.cli.Main";

    private RaceProgram() {}

    /// Runs the source file.
    ///
    /// @param options the value of `GOFERRACE`
    static ChildProgram run(String options, Path file) {
        return ChildProgram.run(Map.of("GOFERRACE", options), file.toString(), arguments(file));
    }

    /// Runs the source file without the detector.
    static ChildProgram runWithout(Path file) {
        return ChildProgram.run(
                file.toString(),
                arguments(file).stream()
                        .filter(argument -> !argument.startsWith("-javaagent:") && !argument.equals("--race"))
                        .toList());
    }

    /// Runs the source file with the detector, but without Gofer's launcher, whose programs do not see other libraries.
    static ChildProgram runAsIs(Path file) {
        List<String> arguments = arguments(file);
        return ChildProgram.run(
                file.toString(),
                Stream.concat(arguments.stream().limit(arguments.indexOf(MAIN)), Stream.of(file.toString())).toList());
    }

    private static List<String> arguments(Path file) {
        return List.of(
                "-javaagent:" + agent() + "=race",
                ChildProgram.OWN_SCHEDULER,
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "run",
                "--race",
                file.toString());
    }

    /// Returns the jar of gofer.testing. Before there is one, `agent.jar` beside its classes has the same manifest.
    private static Path agent() {
        Path home = Path.of(Explore.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        return Files.isDirectory(home) ? home.resolveSibling("agent.jar") : home;
    }
}
