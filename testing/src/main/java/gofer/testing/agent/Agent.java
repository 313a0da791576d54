package gofer.testing.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
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
        var opener = new Opener(jvm);
        opener.openTo(Agent.class.getModule());
        jvm.addTransformer(opener);
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
