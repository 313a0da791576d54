package gofer.runtime;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/// Opens the JDK to the library: `java -javaagent:gofer.jar` instead of `--add-opens`.
public final class Agent {

    private Agent() {}

    /// What the JVM calls before `main`.
    public static void premain(String options, Instrumentation jvm) {
        Module library = Agent.class.getModule();
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(library)), Set.of(), Map.of());
    }
}
