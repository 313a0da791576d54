package gofer.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import gofer.Go;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Another Java process of the same user. It is reached by the JDK's attach interface, and opens no port for that.
///
/// @param pid its process id, as the user wrote it
record Target(String pid) {
    /// What the Gofer in that process answers to `question`.
    String ask(String question) {
        if (pid.equals(String.valueOf(ProcessHandle.current().pid())))
            throw new UsageException(pid + " is this process");
        try {
            VirtualMachine machine = VirtualMachine.attach(pid);
            try {
                return ask(machine, question);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException unreachable) {
            throw new UsageException(
                    "cannot attach to process "
                            + pid
                            + " ("
                            + unreachable.getMessage()
                            + "); running:\n"
                            + candidates());
        }
    }

    private String ask(VirtualMachine machine, String question) throws IOException {
        Path answer = Files.createTempFile("gofer", ".answer"); // for its owner only
        try {
            machine.loadAgent(library().toString(), answer + "\n" + question);
            String text = Files.readString(answer);
            if (text.isEmpty()) throw new UsageException("process " + pid + " has not used Gofer so far");
            return text;
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new UsageException(
                    "process "
                            + pid
                            + " lets no tool in ("
                            + refused.getMessage()
                            + "); start it with -XX:+EnableDynamicAgentLoading");
        } finally {
            Files.delete(answer);
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
        return VirtualMachine.list().stream()
                .filter(machine -> !machine.id().equals(self))
                .map(Target::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(VirtualMachineDescriptor machine) {
        String name = machine.displayName().replace("gofer.cli/gofer.cli.Main", "gofer");
        return String.format("%8s  %s", machine.id(), name.isBlank() ? "(unknown)" : name);
    }
}
