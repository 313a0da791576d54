package gofer.testing.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transformer that opens the JDK, as `--add-opens` does, to each copy of the library when it is loaded. A class loader or
/// module layer may have a copy of its own.
final class ModuleOpener implements ClassFileTransformer {

    /// The class that needs access, by internal name.
    private static final String HOOKS = "gofer/runtime/base/JdkHooks";

    private final Instrumentation jvm;

    ModuleOpener(Instrumentation jvm) {
        this.jvm = jvm;
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (HOOKS.equals(name)) {
            openTo(module);
        }
        return null; // unchanged
    }

    void openTo(Module module) {
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", Set.of(module)), Set.of(), Map.of());
    }
}
