package gofer.conformance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The result of a program that ran in a JVM of its own.
///
/// @param status its exit status
/// @param out what it wrote to standard output
/// @param err what it wrote to standard error
public record ChildProgram(int status, String out, String err) {

    /// A JVM option with which goroutines run on Gofer's scheduler.
    public static final String OWN_SCHEDULER = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /// A JVM option that changes nothing, so goroutines run on the JDK's scheduler.
    public static final String JDK_SCHEDULER = "-Dscheduler=jdk";

    /// A JVM option for one processor.
    public static final String ONE_PROCESSOR = "-Djdk.virtualThreadScheduler.parallelism=1";

    /// Runs the `main` of `type`, a class of this class path, with options for the JVM, and waits for its end.
    public static ChildProgram run(Class<?> type, String... jvmOptions) {
        return run(Map.of(), type, jvmOptions);
    }

    /// The same, with additional environment variables.
    public static ChildProgram run(Map<String, String> environment, Class<?> type, String... jvmOptions) {
        List<String> arguments = new ArrayList<>(List.of(jvmOptions));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
        return run(environment, type.getName(), arguments);
    }

    /// Runs `java` with `arguments`, and waits for its end.
    ///
    /// @param name the name for the message if the program does not end
    public static ChildProgram run(String name, List<String> arguments) {
        return run(Map.of(), name, arguments);
    }

    /// The same, with additional environment variables.
    public static ChildProgram run(Map<String, String> environment, String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(arguments);
        try {
            File out = File.createTempFile("child", ".out");
            File err = File.createTempFile("child", ".err");
            try {
                var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
                builder.environment()
                        .keySet()
                        .removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "GOTRACEBACK"));
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                boolean ended = awaitEnd(process);
                var child =
                        new ChildProgram(
                                process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
                if (!ended) {
                    throw new AssertionError(name + " does not end: " + child);
                }
                return child;
            } finally {
                Files.delete(out.toPath());
                Files.delete(err.toPath());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Returns whether the program ended by itself. Returns false if it was killed because it took too long.
    private static boolean awaitEnd(Process process) {
        try {
            process.waitFor();
            return true;
        } catch (InterruptedException tooLong) {
            process.destroyForcibly().onExit().join();
            return false;
        }
    }
}
