package gofer.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /// @param options where to write the answer, a line break, and the question; see `gofer.diagnostics.Inspector`. When the
    ///     answer is complete, a file appears beside it, with `.done` at the end of its name
    public static void agentmain(String options, Instrumentation jvm) {
        int end = options.indexOf('\n');
        Path answer = Path.of(options.substring(0, end));
        String question = options.substring(end + 1);
        Runnable task =
                () -> {
                    try {
                        Files.write(answer, answer(jvm, question));
                        Files.createFile(Path.of(answer + ".done"));
                    } catch (IOException gone) {
                        // so is who asked
                    }
                };
        Thread thread = new Thread(Scheduling.systemGroup(), task, "gofer inspector", 0, false);
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] answer(Instrumentation jvm, String question) {
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            if (type.getName().equals(USED)) {
                try {
                    return join('a', ask(jvm, type, question));
                } catch (InvocationTargetException failed) {
                    Throwable cause = failed.getTargetException();
                    return join('e', Objects.requireNonNullElse(cause.getMessage(), cause.toString()).getBytes(UTF_8));
                } catch (ReflectiveOperationException | RuntimeException failed) {
                    return join('e', String.valueOf(failed).getBytes(UTF_8));
                }
            }
        }
        return join('n', new byte[0]);
    }

    private static byte[] join(char first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /// Asks the library that the program uses: if it has a class loader of its own, that is not where this class is.
    private static byte[] ask(Instrumentation jvm, Class<?> neighbour, String question)
            throws ReflectiveOperationException {
        Class<?> inspector = Class.forName(INSPECTOR, true, neighbour.getClassLoader());
        var open = Map.of(inspector.getPackageName(), Set.of(Agent.class.getModule()));
        jvm.redefineModule(inspector.getModule(), Set.of(), Map.of(), open, Set.of(), Map.of());
        Method method = inspector.getDeclaredMethod("answer", String.class);
        method.setAccessible(true);
        return (byte[]) method.invoke(null, question);
    }
}
