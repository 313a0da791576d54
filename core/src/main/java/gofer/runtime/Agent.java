package gofer.runtime;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Opens the JDK to the library: `java -javaagent:gofer.jar` instead of `--add-opens`.
public final class Agent {

    private Agent() {}

    /// What the JVM calls before `main`.
    public static void premain(String options, Instrumentation jvm) {
        Module base = Object.class.getModule();
        // The agent is loaded from the class path; the library may be on the module path as well.
        Stream<Module> libraries =
                Stream.concat(Stream.of(Agent.class.getModule()), ModuleLayer.boot().findModule("gofer").stream());
        jvm.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.copyOf(libraries.toList())), Set.of(), Map.of());
    }
}
