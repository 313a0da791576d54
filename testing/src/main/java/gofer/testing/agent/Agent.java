package gofer.testing.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.invoke.MethodHandles;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The agent of a JVM that is started with `-javaagent:gofer-testing.jar`.
public final class Agent {

    private Agent() {}

    /// Opens the JDK to the library, as `--add-opens` does, redirects calls that read the time to [GoferClock], and adds calls
    /// of [GoferPoints] to the classes of the program that the options select, or starts the race detector; see [Selection]. Throws
    /// [IllegalArgumentException] for invalid options. If the race detector cannot start, the JVM ends. Any other failure is
    /// printed, and the program runs unchanged.
    public static void premain(@Nullable String options, Instrumentation jvm) {
        String text = options == null ? "" : options;
        Selection selection = Selection.of(text);
        try {
            open(jvm);
            Class<?> clock = define(GoferClock.classFile());
            rewrite(jvm, new ClockRewriter(), ClockRewriter::appliesTo);
            clock.getField(GoferClock.COMPLETE).setBoolean(null, true);
        } catch (Throwable refused) {
            System.err.println(
                    "gofer: sleeps and timeouts of plain Java will follow the real clock, and explorations will have no"
                            + " scheduling points in plain Java: "
                            + refused);
            return;
        }
        if (selection.findsRaces()) {
            findRaces(jvm, selection, text);
            return;
        }
        try {
            define(GoferPoints.classFile());
            if (selection.hasPoints()) {
                GoferPoints.enable(text);
                var rewriter = new PointsRewriter(selection);
                rewrite(jvm, rewriter, rewriter::appliesTo);
            }
        } catch (Throwable refused) {
            System.err.println("gofer: explorations will have no scheduling points in plain Java: " + refused);
        }
    }

    /// Ends the JVM if that is not possible. Otherwise a program would appear to have no races.
    private static void findRaces(Instrumentation jvm, Selection selection, String options) {
        try {
            RaceDetector.start(jvm, selection, options);
        } catch (IllegalArgumentException invalid) {
            System.err.println("gofer: " + invalid.getMessage());
            Runtime.getRuntime().halt(2);
        } catch (Throwable refused) {
            System.err.println("gofer: the race detector cannot start");
            refused.printStackTrace();
            Runtime.getRuntime().halt(2);
        }
    }

    private static void open(Instrumentation jvm) {
        var opener = new ModuleOpener(jvm);
        opener.openTo(Agent.class.getModule());
        jvm.addTransformer(opener);
    }

    private static Class<?> define(byte[] classFile) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup()).defineClass(classFile);
    }

    /// Rewrites the classes that are already loaded, and the others when they are loaded.
    private static void rewrite(Instrumentation jvm, ClassFileTransformer rewriter, Predicate<Class<?>> applies)
            throws UnmodifiableClassException {
        jvm.addTransformer(rewriter, true);
        try {
            jvm.retransformClasses(
                    Stream.of(jvm.getAllLoadedClasses())
                            .filter(type -> applies.test(type) && jvm.isModifiableClass(type))
                            .toArray(Class<?>[]::new));
        } catch (Throwable refused) {
            jvm.removeTransformer(rewriter);
            throw refused;
        }
    }
}
