package gofer.race.edges;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The entry point: makes the classes of the JDK and of Gofer tell the detector how they order threads.
public final class Edges {

    /// The packages of the JDK that the detector uses.
    private static final Set<String> PACKAGES =
            Set.of(
                    "java.io",
                    "java.lang",
                    "java.lang.invoke",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "java.util.concurrent.locks",
                    "jdk.internal.access",
                    "jdk.internal.misc",
                    "sun.nio.cs");

    private Edges() {}

    /// Opens the JDK to the detector, defines the class that rewritten classes call, and rewrites classes: the loaded ones now,
    /// the others when they are loaded. The boot loader must have loaded this class.
    ///
    /// If that fails, takes the rewriting back and throws [IllegalStateException].
    public static void install(Instrumentation jvm) {
        if (Edges.class.getClassLoader() != null) {
            throw new IllegalStateException("the boot loader has not loaded the race detector");
        }
        var jdk = new JdkClasses();
        var gofer = new GoferClasses(jvm);
        try {
            open(jvm);
            MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(Trampoline.classFile());
            JdkEdges.start(Thread.currentThread());
            jvm.addTransformer(gofer);
            jvm.addTransformer(jdk, true);
            rewrite(jvm, jdk);
        } catch (Throwable refused) {
            jvm.removeTransformer(gofer);
            jvm.removeTransformer(jdk);
            restore(jvm, refused);
            throw new IllegalStateException("cannot rewrite the JDK to detect races: " + refused, refused);
        }
    }

    private static void open(Instrumentation jvm) {
        Map<String, Set<Module>> opened = new LinkedHashMap<>();
        PACKAGES.forEach(name -> opened.put(name, Set.of(Edges.class.getModule())));
        jvm.redefineModule(
                Object.class.getModule(), Set.of(Edges.class.getModule()), opened, opened, Set.of(), Map.of());
    }

    /// Rewrites the loaded classes, also those that are loaded meanwhile: the JVM does not show a transformer the classes
    /// that it needs itself.
    private static void rewrite(Instrumentation jvm, JdkClasses rewriter) throws UnmodifiableClassException {
        Class<?>[] missing = missing(jvm, rewriter);
        while (missing.length > 0) {
            jvm.retransformClasses(missing);
            if (rewriter.failure() instanceof Throwable failure) {
                throw new IllegalStateException(failure);
            }
            missing = missing(jvm, rewriter);
        }
    }

    private static Class<?>[] missing(Instrumentation jvm, JdkClasses rewriter) {
        return Stream.of(jvm.getAllLoadedClasses())
                .filter(type -> JdkClasses.appliesTo(type) && !rewriter.hasSeen(type) && jvm.isModifiableClass(type))
                .toArray(Class<?>[]::new);
    }

    private static void restore(Instrumentation jvm, Throwable reason) {
        try {
            jvm.retransformClasses(
                    Stream.of(jvm.getAllLoadedClasses())
                            .filter(type -> JdkClasses.appliesTo(type) && jvm.isModifiableClass(type))
                            .toArray(Class<?>[]::new));
        } catch (Throwable failed) {
            reason.addSuppressed(failed);
        }
    }
}
