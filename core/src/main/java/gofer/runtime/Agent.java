package gofer.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a JVM runs that is started with `-javaagent:gofer.jar`, or to which a tool attaches.
public final class Agent {

    /// A class that is loaded once goroutines are used.
    private static final String USED = "gofer.runtime.Goroutines";

    /// Who answers.
    private static final String INSPECTOR = "gofer.diagnostics.Inspector";

    private Agent() {}

    /// Opens the JDK to the library before `main`: the same as `--add-opens`.
    public static void premain(String options, Instrumentation jvm) {
        Module library = Agent.class.getModule();
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(library)), Set.of(), Map.of());
    }

    /// Lets a thread answer a tool of the same user, and returns.
    ///
    /// The answer begins with `a`; or it is `e` and why there is none; or it is `n` if the program does not use Gofer.
    ///
    /// @param options the file for the answer, which is there while somebody waits for it, a line break, and the question; see
    ///     `gofer.diagnostics.Inspector`. When the answer is complete, a file appears beside it, with `.done` at the end of its
    ///     name
    public static void agentmain(String options, Instrumentation jvm) {
        int end = options.indexOf('\n');
        Path answer = Path.of(options.substring(0, end));
        String question = options.substring(end + 1);
        Runnable task =
                () -> {
                    try {
                        Files.write(answer, answer(jvm, answer, question), StandardOpenOption.WRITE);
                        Files.createFile(Path.of(answer + ".done"));
                    } catch (IOException gone) {
                        // so is who asked
                    }
                };
        Thread thread = new Thread(Scheduling.systemGroup(), task, "gofer inspector", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] answer(Instrumentation jvm, Path answer, String question) {
        try {
            for (Class<?> type : jvm.getAllLoadedClasses()) {
                if (type.getName().equals(USED)) {
                    return join('a', ask(jvm, type, answer, question));
                }
            }
            return join('n', new byte[0]);
        } catch (InvocationTargetException failed) {
            Throwable cause = failed.getTargetException();
            String message = cause instanceof Exception ? cause.getMessage() : null;
            return join('e', Objects.requireNonNullElse(message, cause.toString()).getBytes(UTF_8));
        } catch (Throwable failed) { // or who asks would wait for ever
            return join('e', failed.toString().getBytes(UTF_8));
        }
    }

    private static byte[] join(char first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /// Asks the library that the program uses: if it has a class loader of its own, that is not where this class is.
    private static byte[] ask(Instrumentation jvm, Class<?> neighbour, Path answer, String question)
            throws ReflectiveOperationException {
        Class<?> inspector = Class.forName(INSPECTOR, true, neighbour.getClassLoader());
        var open = Map.of(inspector.getPackageName(), Set.of(Agent.class.getModule()));
        jvm.redefineModule(inspector.getModule(), Set.of(), Map.of(), open, Set.of(), Map.of());
        Method method = inspector.getDeclaredMethod("answer", Path.class, String.class);
        method.setAccessible(true);
        return (byte[]) method.invoke(null, answer, question);
    }
}
