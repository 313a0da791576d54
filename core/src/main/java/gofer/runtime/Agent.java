package gofer.runtime;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// What a JVM runs that is started with `-javaagent:gofer.jar`, or to which a tool attaches.
public final class Agent {

    /// A class that is loaded once goroutines are used.
    private static final String USED = "gofer.runtime.Goroutines";

    private Agent() {}

    /// Opens the JDK to the library before `main`: the same as `--add-opens`.
    public static void premain(String options, Instrumentation jvm) {
        Module library = Agent.class.getModule();
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(library)), Set.of(), Map.of());
    }

    /// Answers a tool of the same user. Nothing is written if the program does not use Gofer.
    ///
    /// @param options where to write the answer, a line break, and the question; see [Inspector]
    public static void agentmain(String options, Instrumentation jvm) throws Exception {
        int end = options.indexOf('\n');
        Path answer = Path.of(options.substring(0, end));
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            if (type.getName().equals(USED)) {
                Files.writeString(answer, ask(jvm, type, options.substring(end + 1)));
                return;
            }
        }
    }

    /// Asks the library that the program uses: if it has a class loader of its own, that is not where this class is.
    private static String ask(Instrumentation jvm, Class<?> neighbour, String question) throws Exception {
        Class<?> inspector = Class.forName(Inspector.class.getName(), true, neighbour.getClassLoader());
        jvm.redefineModule(
                inspector.getModule(),
                Set.of(),
                Map.of(inspector.getPackageName(), Set.of(Agent.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        try {
            return (String) inspector.getMethod("answer", String.class).invoke(null, question);
        } catch (InvocationTargetException failed) {
            return failed.getCause() + "\n";
        }
    }
}
