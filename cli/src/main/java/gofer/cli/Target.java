package gofer.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import gofer.Go;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Another Java process of the same user. It is reached by the JDK's attach interface, and opens no port for that.
///
/// @param pid its process id, as the user wrote it
record Target(String pid) {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int WIDTH = 70; // of a command line in a list

    /// What the Gofer in that process answers to a question: see `gofer.diagnostics.Inspector`.
    byte[] ask(String... question) {
        if (pid.equals(String.valueOf(ProcessHandle.current().pid())))
            throw new UsageException(pid + " is this process");
        expectOneOfOurs();
        try {
            Path answer = Files.createTempFile("gofer", ".answer"); // for its owner only
            Path done = Path.of(answer + ".done");
            var calledOff = new Thread(() -> delete(answer)); // then that process stops, too
            Runtime.getRuntime().addShutdownHook(calledOff);
            try {
                load(answer + "\n" + String.join("\n", question));
                while (!Files.exists(done)) {
                    if (!isAlive()) throw new UsageException("process " + pid + " has ended");
                    Thread.sleep(LOOK);
                }
                return checked(Files.readAllBytes(answer));
            } finally {
                delete(answer);
                delete(done);
                Runtime.getRuntime().removeShutdownHook(calledOff);
            }
        } catch (IOException | InterruptedException failed) {
            throw new UsageException("cannot ask process " + pid + ": " + failed.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException kept) {
            // in the folder for such files
        }
    }

    private boolean isAlive() {
        return handle().isPresent();
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive);
    }

    /// Root could attach to the process of another user, but that one could not write the answer.
    private void expectOneOfOurs() {
        ProcessHandle process = handle().orElseThrow(() -> refused("there is no process " + pid));
        if (!isOurs(process)) {
            String owner = process.info().user().orElse("another user");
            throw refused("process " + pid + " is that of " + owner + ", who alone can ask it");
        }
    }

    private static boolean isOurs(ProcessHandle process) {
        return process.info().user().equals(ProcessHandle.current().info().user());
    }

    private static UsageException refused(String why) {
        return new UsageException(why + "; those that can be asked:\n" + candidates());
    }

    private byte[] checked(byte[] answer) {
        byte[] rest = Arrays.copyOfRange(answer, 1, answer.length);
        return switch (answer[0]) {
            case 'a' -> rest;
            case 'e' -> throw new UsageException("process " + pid + ": " + new String(rest, StandardCharsets.UTF_8));
            default -> throw new UsageException("process " + pid + " has not used Gofer so far");
        };
    }

    private void load(String options) {
        try {
            VirtualMachine machine = VirtualMachine.attach(pid);
            try {
                machine.loadAgent(library().toString(), options);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException notJava) {
            throw refused("process " + pid + " is not Java, or was started with -XX:+DisableAttachMechanism");
        } catch (IOException unreachable) {
            throw refused("cannot attach to process " + pid + " (" + unreachable.getMessage() + ")");
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new UsageException(
                    "process "
                            + pid
                            + " lets no tool in ("
                            + refused.getMessage()
                            + "); it needs Java 25, and the option -XX:+EnableDynamicAgentLoading");
        }
    }

    private static Path library() {
        try {
            return Path.of(Go.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// The Java processes that can be asked, a line for each.
    static String candidates() {
        String self = String.valueOf(ProcessHandle.current().pid());
        String lines =
                VirtualMachine.list().stream()
                        .filter(machine -> !machine.id().equals(self))
                        .filter(machine -> new Target(machine.id()).handle().filter(Target::isOurs).isPresent())
                        .map(Target::line)
                        .collect(Collectors.joining("\n"));
        return lines.isEmpty() ? "     (none is running)" : lines;
    }

    private static String line(VirtualMachineDescriptor machine) {
        String name =
                machine.displayName()
                        .replace("gofer.cli/gofer.cli.Main", "gofer")
                        .replace("jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher", "java");
        String shown = name.length() <= WIDTH ? name : name.substring(0, WIDTH - 3) + "...";
        return String.format("%8s  %s", machine.id(), shown.isBlank() ? "(unknown)" : shown);
    }
}
