package gofer.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Another Java process of the same user. This class uses the JDK's attach interface, which opens no port.
///
/// @param pid its process id, as it was entered
record Target(String pid) {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final int MAX_WIDTH = 70; // of a command line in the list of candidates

    /// Sends a command to the copies of Gofer that the process has loaded, and waits for the answers; see `gofer.attach.Agent`.
    ///
    /// @param which the copies: `all`, `any`, or `one` and a part of its name
    /// @param command the lines of the command
    List<Answer> query(String which, List<String> command) {
        if (pid.equals(String.valueOf(ProcessHandle.current().pid())))
            throw new UsageException(pid + " is this process");
        checkOwner();
        try {
            Path file = Files.createTempFile("gofer", ".answer"); // readable for its owner only
            Path done = Path.of(file + ".done");
            var cleanup = new Thread(() -> delete(file)); // this also cancels the command in that process
            Runtime.getRuntime().addShutdownHook(cleanup);
            try {
                load(file + "\n" + which + "\n" + String.join("\n", command));
                while (!Files.exists(done)) {
                    if (!isAlive()) throw new UsageException("process " + pid + " has ended");
                    Thread.sleep(POLL_INTERVAL);
                }
                List<Answer> answers = Answer.read(file);
                if (answers.isEmpty()) throw new UsageException("process " + pid + " has not used Gofer so far");
                return answers;
            } finally {
                delete(file);
                delete(done);
                Runtime.getRuntime().removeShutdownHook(cleanup);
            }
        } catch (IOException | InterruptedException failed) {
            throw new UsageException("cannot inspect process " + pid + ": " + failed.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // it is in the folder for temporary files
        }
    }

    private boolean isAlive() {
        return handle().isPresent();
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    }

    /// Checks that the process belongs to this user. Root could attach to other processes, but they could not write the answer.
    private void checkOwner() {
        ProcessHandle process = handle().orElseThrow(() -> refused("there is no process " + pid));
        if (!isOurs(process)) {
            String owner = process.info().user().orElse("another user");
            throw refused("process " + pid + " belongs to " + owner + ", and only that user can inspect it");
        }
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().user().equals(ProcessHandle.current().info().user());
    }

    private static UsageException refused(String why) {
        return new UsageException(why + "; processes that can be inspected:\n" + candidates());
    }

    private void load(String request) {
        try {
            VirtualMachine machine = VirtualMachine.attach(pid);
            try {
                checkVersion(machine.getSystemProperties().getProperty("java.specification.version", ""));
                machine.loadAgent(agentJar().toString(), request);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException notJava) {
            throw refused("process " + pid + " is not Java, or was started with -XX:+DisableAttachMechanism");
        } catch (IOException unreachable) {
            throw refused("cannot attach to process " + pid + " (" + unreachable.getMessage() + ")");
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new UsageException(
                    "process " + pid + " does not accept tools: " + why(String.valueOf(refused.getMessage())));
        }
    }

    private void checkVersion(String version) {
        if (version.matches("1\\..+|\\d|1\\d|2[0-4]"))
            throw new UsageException("process " + pid + " runs Java " + version + "; Gofer needs Java 25 or newer");
    }

    private static String why(String message) {
        if (message.contains("Dynamic agent loading is not enabled")) {
            return "it was started with -XX:-EnableDynamicAgentLoading";
        }
        if (message.contains("java.instrument")) {
            return "its Java has no module java.instrument; add it to the image: jlink --add-modules java.instrument";
        }
        return message;
    }

    /// Returns the jar to load into the process. It is in the same folder as the jar of this class. Its path must not have a `=`,
    /// because the JDK would treat the text after it as the request.
    private static Path agentJar() {
        try {
            Path ours = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (ours.toString().contains("="))
                throw new UsageException("cannot inspect a process from a folder with '=' in its path: " + ours);
            return ours.resolveSibling("gofer-agent.jar");
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Returns the Java processes that can be inspected, one per line.
    static String candidates() {
        String self = String.valueOf(ProcessHandle.current().pid());
        String lines =
                VirtualMachine.list().stream()
                        .filter(machine -> !machine.id().equals(self))
                        .filter(machine -> new Target(machine.id()).handle().filter(Target::isOurs).isPresent())
                        .map(Target::line)
                        .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "     (none)" : lines;
    }

    private static String line(VirtualMachineDescriptor machine) {
        String name =
                machine.displayName()
                        .replace("gofer.cli/gofer.cli.Main", "gofer")
                        .replace("jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher", "java");
        String shown = name.length() <= MAX_WIDTH ? name : name.substring(0, MAX_WIDTH - 3) + "...";
        return String.format("%8s  %s", machine.id(), shown.isBlank() ? "(unknown)" : shown);
    }
}
