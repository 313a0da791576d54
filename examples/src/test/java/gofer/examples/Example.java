package gofer.examples;

import gofer.Go;
import gofer.cli.Main;
import gofer.testing.Explore;
import gofer.vet.Vet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A source file below `examples/`. It runs as with `./gofer run`.
///
/// @param file the path relative to the root of the repository
record Example(Path file) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize(); // tests run in examples/

    private static final Path FOLDER = Path.of("examples");
    private static final long PATIENCE_SECONDS = 120; // only a program that hangs takes longer

    /// @param status the exit status
    /// @param out the lines of standard output
    /// @param err all of standard error
    record Outcome(int status, List<String> out, String err) {}

    static List<Example> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(FOLDER))) {
            return files.map(ROOT::relativize)
                    .filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> !f.startsWith("examples/src") && !f.startsWith("examples/target"))
                    .sorted()
                    .map(Example::new)
                    .toList();
        }
    }

    /// Returns the path of the file with the expected output, or of the file with the same name and another ending.
    Path expected(String ending) {
        Path inside = FOLDER.relativize(file);
        return FOLDER.resolve("expected").resolve(inside.toString().replaceFirst("\\.java$", ending));
    }

    int expectedStatus() throws IOException {
        Path status = ROOT.resolve(expected(".status"));
        return Files.exists(status) ? Integer.parseInt(Files.readString(status).strip()) : 0;
    }

    String source() throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    Outcome run() throws Exception {
        Path out = Files.createTempFile("example", ".out");
        Path err = Files.createTempFile("example", ".err");
        try {
            Process process =
                    new ProcessBuilder(command())
                            .directory(ROOT.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            process.outputWriter().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        file + " does not end; its output: " + Files.readString(out) + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readAllLines(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private List<String> command() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String modules = String.join(":", jar(Go.class), jar(Explore.class), jar(Vet.class), jar(Main.class));
        command.addAll(List.of("-cp", "", "-p", modules, "--add-modules", "ALL-DEFAULT"));
        command.addAll(List.of("--add-opens", "java.base/java.lang=gofer"));
        if (source().contains("gofer.testing")) command.add("-javaagent:" + jar(Explore.class));
        command.addAll(List.of("-m", "gofer.cli/gofer.cli.Main", "run", file.toString()));
        Path arguments = ROOT.resolve(expected(".args"));
        if (Files.exists(arguments)) command.addAll(Files.readAllLines(arguments));
        return command;
    }

    private static String jar(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
