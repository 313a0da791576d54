package gofer.race.edges;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transformer of Gofer's classes, of which a JVM may have several copies.
///
/// Gofer tells the detector the edges of its operations through its class `HappensBefore`. What it uses inside, such as atomic
/// numbers, must not order goroutines.
final class GoferClasses implements ClassFileTransformer {

    private final Instrumentation jvm;
    private final Transforms transforms = new Transforms();

    GoferClasses(Instrumentation jvm) {
        this.jvm = jvm;
    }

    @Override
    public byte @Nullable [] transform(
            Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (name == null || loaded != null || name.startsWith(Transforms.DETECTOR) || !GoferRewriting.appliesTo(name)) {
            return null;
        }
        return transforms.apply(
                name,
                () -> {
                    read(module);
                    return GoferRewriting.rewritten(name, file);
                });
    }

    /// Lets a module see the interfaces that its classes get.
    private void read(Module module) {
        Module race = GoferClasses.class.getModule();
        if (!module.canRead(race)) {
            jvm.redefineModule(module, Set.of(race), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
