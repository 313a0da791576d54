package gofer.testing.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a JVM runs that is started with `-javaagent:gofer-testing.jar`.
public final class Agent {

    private Agent() {}

    /// Opens the JDK to the library, the same as `--add-opens`, and sends the calls by which classes ask for the time to
    /// [GoferClock]. Whatever goes wrong is said, and the program runs with the real time.
    public static void premain(String options, Instrumentation jvm) {
        try {
            open(jvm);
            Class<?> clock =
                    MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                            .defineClass(GoferClock.classFile());
            rewrite(jvm);
            clock.getField(GoferClock.COMPLETE).setBoolean(null, true);
        } catch (Throwable refused) {
            System.err.println("gofer: sleeps and timeouts of plain Java will go by the real clock: " + refused);
        }
    }

    private static void open(Instrumentation jvm) {
        Set<Module> modules =
                Stream.concat(
                                Stream.of(
                                        Agent.class.getModule(), ClassLoader.getSystemClassLoader().getUnnamedModule()),
                                ModuleLayer.boot().findModule("gofer").stream())
                        .collect(Collectors.toSet());
        jvm.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(), Map.of("java.lang", modules), Set.of(), Map.of());
    }

    /// All that are loaded, at once, and the others when they are.
    private static void rewrite(Instrumentation jvm) throws UnmodifiableClassException {
        var rewriter = new Rewriter();
        jvm.addTransformer(rewriter, true);
        try {
            jvm.retransformClasses(
                    Stream.of(jvm.getAllLoadedClasses())
                            .filter(type -> Rewriter.concerns(type) && jvm.isModifiableClass(type))
                            .toArray(Class<?>[]::new));
        } catch (Throwable refused) {
            jvm.removeTransformer(rewriter);
            throw refused;
        }
    }
}
