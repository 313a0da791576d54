package gofer.runtime.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a JVM runs that is started with `-javaagent:gofer.jar`: it opens the JDK to the library, as `--add-opens` does.
public final class Agent {

    /// The class that needs it, as class files write its name.
    private static final String NEEDY = "gofer/runtime/base/JdkHooks";

    private Agent() {}

    /// Lets each copy of the library in at the moment that it is loaded: a class loader or module layer may have one of its own,
    /// and a web application usually has.
    public static void premain(String options, Instrumentation jvm) {
        jvm.addTransformer(
                new ClassFileTransformer() {
                    @Override
                    public byte @Nullable [] transform(
                            Module module,
                            @Nullable ClassLoader loader,
                            @Nullable String name,
                            @Nullable Class<?> redefined,
                            @Nullable ProtectionDomain domain,
                            byte[] file) {
                        if (NEEDY.equals(name)) {
                            open(jvm, module);
                        }
                        return null; // as it is
                    }
                });
    }

    private static void open(Instrumentation jvm, Module library) {
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(library)), Set.of(), Map.of());
    }
}
