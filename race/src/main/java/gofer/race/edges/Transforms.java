package gofer.race.edges;

import gofer.race.runtime.Hooks;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The execution of a transformer's work: quietly, and without exceptions, which the JVM would not report.
final class Transforms {

    /// The beginning of the internal names of the detector's classes. A transformer must not need a class to decide that it does
    /// not transform that class.
    static final String DETECTOR = "gofer/race/";

    private static final ClassFile FILE = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// Returns the first failure, or null if there is none.
    @Nullable Throwable failure() {
        return failure.get();
    }

    boolean hasSeen(String name) {
        return seen.contains(name);
    }

    /// Returns the result of `rewriting`, or null if it fails. The first failure is printed.
    byte @Nullable [] apply(String name, Supplier<byte @Nullable []> rewriting) {
        Hooks.enterQuiet();
        try {
            seen.add(name);
            return rewriting.get();
        } catch (Throwable broken) {
            if (failure.compareAndSet(null, broken)) {
                System.err.println("gofer: races may be reported wrongly, because of " + name + ": " + broken);
            }
            return null;
        } finally {
            Hooks.exitQuiet();
        }
    }

    /// Returns the class file with rewritten method bodies.
    static byte[] bodies(
            byte[] file, Function<MethodModel, List<Step>> steps, Function<MethodModel, MethodHooks> hooks) {
        return FILE.transformClass(FILE.parse(file), bodies(steps, hooks));
    }

    /// Returns a transform of method bodies. It keeps the stack map frames.
    static ClassTransform bodies(Function<MethodModel, List<Step>> steps, Function<MethodModel, MethodHooks> hooks) {
        return ClassTransform.transformingMethods((builder, element) -> {
            if (element instanceof CodeModel code) {
                MethodModel method = code.parent().orElseThrow();
                builder.transformCode(code, new Body(code, steps.apply(method), hooks.apply(method)));
            } else {
                builder.with(element);
            }
        });
    }
}
