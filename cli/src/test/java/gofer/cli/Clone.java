package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A copy of the repository, or the repository itself, with a `gofer` to run.
record Clone(Path root) {
    /// The result of a process.
    record Outcome(int status, String out, String err) {}

    /// Returns this repository itself, and builds the launcher if necessary.
    static Clone inPlace() throws Exception {
        var clone = new Clone(Path.of("..").toRealPath());
        assertThat(clone.gofer("version").status()).isZero();
        return clone;
    }

    /// Copies this repository, without the files that the build makes, to a folder with a space in its name.
    static Clone into(Path folder) throws IOException {
        Path here = Path.of("..").toRealPath();
        Path root = folder.resolve("a clone");
        Files.walkFileTree(
                here,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                            throws IOException {
                        if (isBuilt(folder)) return FileVisitResult.SKIP_SUBTREE; // other tests write there
                        Files.createDirectories(root.resolve(here.relativize(folder)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                        if (!isBuilt(file)) Files.copy(file, root.resolve(here.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
        return new Clone(root);
    }

    private static boolean isBuilt(Path file) {
        return file.endsWith("target") || file.endsWith(".git");
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(root.resolve(name), text);
    }

    /// Starts `./gofer` without waiting for it.
    Running start(String... args) throws IOException {
        return start(root, Map.of(), root.resolve("gofer"), args);
    }

    /// Like [#start], without Maven and `java` on the PATH.
    Running startWithoutMaven(String... args) throws IOException {
        var bare = Map.of("PATH", bareTools().toString());
        return start(root, bare, root.resolve("gofer"), args);
    }

    /// Runs `./gofer version` with a limit for the size of each file.
    Outcome limited(int kilobytes) throws Exception {
        return shell("ulimit -f " + 2 * kilobytes + " && exec ./gofer version"); // in blocks of 512 bytes
    }

    /// Runs a shell command in the clone.
    Outcome shell(String command) throws Exception {
        return start(root, Map.of(), Path.of("sh"), "-c", command).outcome("");
    }

    Outcome gofer(String... args) throws Exception {
        return start(args).outcome("");
    }

    /// Creates a folder to use as the whole PATH: the tools that the script needs, without `java` and `mvn`.
    Path bareTools() throws IOException {
        Path bin = Files.createDirectories(root.resolve("bare bin"));
        for (String tool : List.of("find", "readlink", "mkdir", "ln", "rm", "mv", "touch", "sleep", "sed", "dirname")) {
            Path script = bin.resolve(tool);
            if (Files.exists(script)) continue; // another process may be running it
            Files.writeString(script, "#!/bin/sh\nexec " + toolOnPath(tool) + " \"$@\"\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return bin;
    }

    private static Path toolOnPath(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path tool = Path.of(folder, name);
            if (Files.isExecutable(tool)) return tool;
        }
        throw new AssertionError("no " + name + " on the PATH");
    }

    /// Starts a command. `JAVA_HOME` is the JDK of the tests, unless `environment` has another.
    static Running start(Path folder, Map<String, String> environment, Path script, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(script.toString());
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Path err = Files.createTempFile("gofer", ".err");
        return new Running(builder.redirectError(err.toFile()).start(), err);
    }

    /// @param err a file for stderr, so that reading one stream never waits for the other
    record Running(Process process, Path err) {
        Outcome outcome(String input) throws Exception {
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            String out = process.inputReader().readAllAsString();
            int status = process.waitFor();
            String errors = Files.readString(err);
            Files.delete(err);
            return new Outcome(status, out, errors);
        }
    }
}
