package gofer.attach;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The agent that a tool loads into the process that it inspects; the only class of `gofer-agent.jar`.
///
/// The jar goes to the end of the class path of that process. So it must not contain the library: class loaders that delegate to
/// their parents first would find a second copy of Gofer there. The agent sends the command to the copies of Gofer that the
/// program has loaded. There are several if class loaders or module layers have their own.
///
/// The request is a string of lines:
///
/// - the file for the answers, which exists as long as the tool waits for them
/// - the copies that get the command: `all`, or `any` (until one succeeds), or `one` and a part of its name (if exactly one copy
///   has that part in its name)
/// - the command for `gofer.diagnostics.Inspector`, which may have several lines
///
/// The file starts with the number of records, as [DataOutputStream] writes it. There is a record for each copy: its name, as a
/// UTF string; a byte, which is `a` for an answer, `e` for an error and `n` if the copy did not get the command; the length of
/// the content; and the content, which is the answer or the message. When the file is complete, another file appears whose name
/// ends with `.done`.
///
/// A process keeps the first agent that was loaded into it, even if a tool of another version comes later. If the format of the
/// request or of the answers has to change, this class needs another name.
public final class Agent {
    private static final String RUNTIME = "gofer.runtime.";
    private static final String PREMAIN =
            "gofer.runtime.program.Agent"; // -javaagent loads this class, even if the program does not use its copy
    private static final String INSPECTOR = "gofer.diagnostics.Inspector";

    /// A copy of Gofer that the program has loaded. A module has one class loader. Classes from a class path are in the unnamed
    /// module of their loader.
    private record Copy(Module module, String name) {}

    private static final class Answer {
        final String name;
        final char kind;
        final byte[] content;

        Answer(Copy copy, char kind, byte[] content) {
            this.name = copy.name;
            this.kind = kind;
            this.content = content;
        }

        static Answer ofText(Copy copy, char kind, String text) {
            return new Answer(copy, kind, text.getBytes(UTF_8));
        }
    }

    private final Instrumentation jvm;
    private final String command;

    private Agent(Instrumentation jvm, String command) {
        this.jvm = jvm;
        this.command = command;
    }

    /// Starts a thread that gets the answers, and returns.
    public static void agentmain(String request, Instrumentation jvm) {
        String[] lines = request.split("\n", 3);
        Path file = Path.of(lines[0]);
        start(() -> {
            try {
                Files.write(file, encoded(new Agent(jvm, lines[2]).answers(file, lines[1])), StandardOpenOption.WRITE);
            } catch (IOException incomplete) {
                // the tool notices a full disk, or has ended
            } finally {
                if (Files.exists(file)) create(Path.of(file + ".done"));
            }
        });
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException noSpace) {
            throw new UncheckedIOException(noSpace);
        }
    }

    private static void start(Runnable task) {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) group = group.getParent(); // the group of the JVM's own threads
        Thread thread = new Thread(group, task, "gofer inspector", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] encoded(List<Answer> answers) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var data = new DataOutputStream(bytes);
        data.writeInt(answers.size());
        for (Answer answer : answers) {
            data.writeUTF(answer.name);
            data.writeByte(answer.kind);
            data.writeInt(answer.content.length);
            data.write(answer.content);
        }
        return bytes.toByteArray();
    }

    private List<Answer> answers(Path file, String which) {
        try {
            return answers(file, which, copies());
        } catch (Throwable failed) { // otherwise the tool would wait forever
            return List.of(Answer.ofText(new Copy(Agent.class.getModule(), ""), 'e', failed.toString()));
        }
    }

    private List<Answer> answers(Path file, String which, List<Copy> copies) {
        return switch (which) {
            case "all" -> queryAll(file, copies);
            case "any" -> queryAny(file, copies);
            default -> {
                String part = which.substring("one ".length());
                List<Copy> named = copies.stream().filter(copy -> copy.name.contains(part)).toList();
                yield named.size() == 1
                        ? List.of(query(file, named.getFirst()))
                        : copies.stream().map(copy -> Answer.ofText(copy, 'n', "")).toList();
            }
        };
    }

    /// Sends the command to all copies at the same time, because an answer may take a while.
    private List<Answer> queryAll(Path file, List<Copy> copies) {
        List<FutureTask<Answer>> tasks =
                copies.stream().map(copy -> new FutureTask<>(() -> query(file, copy))).toList();
        tasks.forEach(Agent::start);
        var answers = new ArrayList<Answer>();
        for (var task : tasks) {
            try {
                answers.add(task.get());
            } catch (Exception impossible) { // query throws nothing, and this thread is not interrupted
                throw new AssertionError(impossible);
            }
        }
        return answers;
    }

    private List<Answer> queryAny(Path file, List<Copy> copies) {
        var failed = new ArrayList<Answer>();
        for (Copy copy : copies) {
            Answer answer = query(file, copy);
            if (answer.kind == 'a') return List.of(answer);
            failed.add(answer);
        }
        return failed;
    }

    private Answer query(Path file, Copy copy) {
        try {
            Class<?> inspector = Class.forName(INSPECTOR, true, copy.module.getClassLoader());
            if (inspector.getModule() != copy.module) {
                return Answer.ofText(copy, 'e', "its class loader loads classes of Gofer from different places");
            }
            var open = Map.of(inspector.getPackageName(), Set.of(Agent.class.getModule()));
            jvm.redefineModule(copy.module, Set.of(), Map.of(), open, Set.of(), Map.of());
            if (command.startsWith("dump") || command.startsWith("leaks")) {
                openJdkTo(copy.module);
            }
            Method method = inspector.getDeclaredMethod("answer", Path.class, String.class);
            method.setAccessible(true);
            return new Answer(copy, 'a', (byte[]) method.invoke(null, file, command));
        } catch (InvocationTargetException failed) {
            Throwable cause = failed.getTargetException();
            String message = cause instanceof Exception ? cause.getMessage() : null;
            return Answer.ofText(copy, 'e', Objects.requireNonNullElse(message, cause.toString()));
        } catch (Throwable failed) { // the other copies may succeed
            return Answer.ofText(copy, 'e', failed.toString());
        }
    }

    /// Opens the JDK, so that a dump shows monitors and their owners even if the program was started without `--add-opens`.
    private void openJdkTo(Module library) {
        var open = Map.of("java.lang", Set.of(library));
        jvm.redefineModule(Object.class.getModule(), Set.of(), Map.of(), open, Set.of(), Map.of());
    }

    /// Returns the copies, sorted by name.
    private List<Copy> copies() {
        return Stream.<Class<?>>of(jvm.getAllLoadedClasses())
                .filter(type -> type.getName().startsWith(RUNTIME) && !type.getName().startsWith(PREMAIN))
                .map(Class::getModule)
                .distinct()
                .map(module -> new Copy(module, name(module)))
                .sorted(Comparator.comparing(Copy::name))
                .toList();
    }

    private static String name(Module module) {
        String loader = name(module.getClassLoader());
        ModuleLayer layer = module.getLayer();
        if (layer == null) return loader;
        if (layer == ModuleLayer.boot()) return "module " + module.getName() + ", boot layer";
        String modules = layer.modules().stream().map(Module::getName).sorted().collect(Collectors.joining(" "));
        return "module " + module.getName() + ", layer of " + modules + ", " + loader;
    }

    /// Returns the loader's own description, which identifies the web application, without that of its parent. A number makes it
    /// unique.
    private static String name(ClassLoader loader) {
        if (loader == null) return "boot class loader";
        String number = "@" + Integer.toHexString(System.identityHashCode(loader));
        String text;
        try {
            text =
                    loader.toString()
                            .lines()
                            .limit(2)
                            .takeWhile(line -> !line.startsWith("---"))
                            .map(String::strip)
                            .collect(Collectors.joining(", "));
        } catch (RuntimeException broken) {
            text = loader.getClass().getName();
        }
        if (loader.getName() != null && !text.contains(loader.getName())) text = "'" + loader.getName() + "', " + text;
        return text.contains(number) ? text : text + " " + number;
    }
}
