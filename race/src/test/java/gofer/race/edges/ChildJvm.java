package gofer.race.edges;

import gofer.race.edges.child.Premain;
import gofer.race.edges.child.RecordingHooks;
import gofer.race.runtime.Hooks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// A JVM with the edges, and with [RecordingHooks] or other hooks in place of the real ones.
final class ChildJvm {

    private final Path directory;
    private final List<String> options = new ArrayList<>();

    /// Creates the jar files of the agent and of its hooks in a directory.
    ChildJvm(Path directory, Class<?> hooks) throws IOException {
        this.directory = directory;
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", Premain.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (var agent = new JarOutputStream(Files.newOutputStream(agent()), manifest)) {
            put(agent, name(Premain.class), bytes(Premain.class));
        }
        try (var boot = new JarOutputStream(Files.newOutputStream(boot()))) {
            addRace(boot);
            addHooks(boot, hooks);
        }
    }

    private Path agent() {
        return directory.resolve("agent.jar");
    }

    private Path boot() {
        return directory.resolve("boot.jar");
    }

    ChildJvm withOption(String option) {
        options.add(option);
        return this;
    }

    static Path root(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static void addRace(JarOutputStream jar) throws IOException {
        Path root = root(Edges.class);
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString();
                if (!name.equals("module-info.class") && !name.equals(name(Hooks.class))) {
                    put(jar, name, Files.readAllBytes(file));
                }
            }
        }
    }

    /// Adds `hooks` and its nested classes, and real hooks that forward to it.
    private static void addHooks(JarOutputStream jar, Class<?> hooks) throws IOException {
        put(jar, name(Hooks.class), Trampoline.forwarding(Hooks.class.describeConstable().orElseThrow(), hooks));
        put(jar, name(hooks), bytes(hooks));
        for (Class<?> nested : hooks.getDeclaredClasses()) {
            put(jar, name(nested), bytes(nested));
        }
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        return Files.readAllBytes(root(type).resolve(name(type)));
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) {
        try {
            jar.putNextEntry(new JarEntry(name));
            jar.write(bytes);
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a main class of the tests. Returns what it prints.
    String run(Class<?> main, String... arguments) throws Exception {
        return run(root(main), main.getName(), arguments);
    }

    /// Runs a main class from a directory. Returns what it prints.
    String run(Path classes, String main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-javaagent:" + agent() + "=" + boot());
        command.addAll(options);
        command.addAll(List.of("-cp", classes.toString(), main));
        command.addAll(List.of(arguments));
        Path output = directory.resolve("output.txt");
        Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try (OutputStream _ = child.getOutputStream()) {
            if (!child.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the child does not end: " + Files.readString(output));
            }
        } finally {
            child.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
