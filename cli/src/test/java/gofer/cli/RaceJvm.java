package gofer.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs programs in JVMs of their own, with the agent.
///
/// @param folder for files, of one test
record RaceJvm(Path folder) {

    /// What a JVM did.
    record Outcome(int status, String out, String err) {}

    /// Runs a source with the race detector.
    Outcome run(String source) throws IOException, InterruptedException {
        return run(Map.of(), "=race", Files.writeString(folder.resolve("Main.java"), source).toString());
    }

    /// Runs a source file with `options` of the agent.
    Outcome run(Map<String, String> environment, String options, String file) throws IOException, InterruptedException {
        return start(
                environment,
                List.of(
                        agent() + options,
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "gofer.cli.Main",
                        "run",
                        "--race",
                        file));
    }

    /// Returns the JVM's option that starts the agent.
    static String agent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-javaagent:") && argument.endsWith("agent.jar"))
                .findFirst()
                .orElseThrow();
    }

    /// Starts Java with the class path of this test and these arguments, and waits for its end.
    Outcome start(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(arguments);
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Outcome(status, Files.readString(out.toPath()), Files.readString(err.toPath()));
    }
}
