package gofer.runtime.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The agent of a JVM that is started with `-javaagent:gofer.jar`. It opens the JDK to the library, as `--add-opens`
/// does.
public final class Agent {

    /// The class that needs the access, named as in class files.
    private static final String CLIENT = "gofer/runtime/base/JdkHooks";

    private Agent() {}

    /// Opens the JDK to each copy of the library when it is loaded. A class loader or module layer may have its own
    /// copy, as a web application usually has.
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
                        if (CLIENT.equals(name)) {
                            open(jvm, module);
                        }
                        return null; // unchanged
                    }
                });
    }

    private static void open(Instrumentation jvm, Module library) {
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(library)), Set.of(), Map.of());
    }
}
