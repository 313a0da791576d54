package gofer.runtime.base;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Distinguishes the program's stack frames from Gofer's frames and the JDK's thread machinery.
public final class Frames {

    private static final Set<String> TESTING = Set.of("gofer.testing", "gofer.testing.junit", "gofer.testing.race");

    /// The classes of those packages, in another module, that run the body of a test.
    private static final Set<String> TOOLS =
            Set.of(
                    "gofer.testing.Bubble",
                    "gofer.testing.BubbleLoop",
                    "gofer.testing.Explore",
                    "gofer.testing.Explorer",
                    "gofer.testing.ExplorerLoop",
                    "gofer.testing.Failure",
                    "gofer.testing.Loop",
                    "gofer.testing.PointHandler",
                    "gofer.testing.Races",
                    "gofer.testing.WorldRunner",
                    "gofer.testing.junit.BubbleExtension",
                    "gofer.testing.junit.ExploreExtension",
                    "gofer.testing.race.Detector");

    /// The classes of the launcher between the JDK and the main goroutine, in another module.
    private static final Set<String> LAUNCHER = Set.of("gofer.cli.Main", "gofer.cli.LoadedProgram", "gofer.cli.Search");

    /// The class of the starter for Spring Boot that starts goroutines, in another module.
    private static final String STARTER = "gofer.spring.LifecycleGroup";

    /// The classes of java.lang that run and park threads and look up lambdas.
    private static final Set<String> JAVA_LANG =
            Set.of(
                    "java.lang.ClassValue",
                    "java.lang.GoferPoints", // see the agent of gofer.testing
                    "java.lang.System$1",
                    "java.lang.Thread",
                    "java.lang.ThreadBuilders$BoundVirtualThread",
                    "java.lang.VirtualThread");

    /// Whether a class in a package of Gofer belongs to Gofer, by the name of the outermost class.
    private static final Map<String, Boolean> OURS = new ConcurrentHashMap<>();

    private Frames() {}

    /// Returns whether `className` is a Gofer class, or one with which the JDK runs and parks threads.
    public static boolean isInner(String className) {
        int dot = className.lastIndexOf('.');
        String packageName = dot < 0 ? "" : className.substring(0, dot);
        return (packageName.equals("gofer") || packageName.startsWith("gofer.")) && isOurs(outermost(className))
                || TESTING.contains(packageName) && TOOLS.contains(outermost(className))
                || packageName.equals("gofer.spring") && outermost(className).equals(STARTER)
                || packageName.equals("gofer.cli") && LAUNCHER.contains(outermost(className))
                || packageName.startsWith("java.util.concurrent")
                || packageName.startsWith("jdk.internal.")
                || packageName.startsWith("java.lang.invoke")
                || packageName.startsWith("java.lang.reflect")
                || JAVA_LANG.contains(className);
    }

    /// Returns `gofer.group.ErrGroup` for `gofer.group.ErrGroup$$Lambda/0x42`. No class of Gofer has a dollar sign in
    /// its own name.
    private static String outermost(String className) {
        int dollar = className.indexOf('$');
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    private static boolean isOurs(String className) {
        Boolean known = OURS.get(className); // the usual case, which takes no lock
        return known != null ? known : OURS.computeIfAbsent(className, Frames::isShippedWithGofer);
    }

    /// Returns whether a class comes from the same module as this one or, on the class path, from the same jar or
    /// folder. A test in a package of Gofer does not.
    private static boolean isShippedWithGofer(String className) {
        try {
            Class<?> type = Class.forName(className, false, Frames.class.getClassLoader());
            Module module = Frames.class.getModule();
            return type.getModule() == module && (module.isNamed() || source(type).equals(source(Frames.class)));
        } catch (IllegalAccessError closed) {
            return true; // GoroutineContainer, while the JDK is not open to Gofer
        } catch (ClassNotFoundException | LinkageError notFound) {
            return false; // from another class loader
        }
    }

    private static Optional<String> source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation).map(URL::toString);
    }

    /// Returns `stack` without inner frames at its outer end, where the goroutine or the program was started.
    public static StackTraceElement[] withoutStart(StackTraceElement[] stack) {
        int end = stack.length;
        while (end > 0 && isInner(stack[end - 1].getClassName())) {
            end--;
        }
        return end == 0 ? stack : Arrays.copyOf(stack, end);
    }

    /// Returns `stack` without frames at either end that do not belong to the program. At the inner end these include
    /// all frames of the JDK, also of methods that the program calls; at the outer end, those of JUnit. Returns `stack`
    /// unchanged if no other frames are left.
    public static StackTraceElement[] ofProgramAlone(StackTraceElement[] stack) {
        int from = 0;
        int to = stack.length;
        while (from < to && (isInner(stack[from].getClassName()) || isOfJdk(stack[from].getClassName()))) {
            from++;
        }
        while (from < to && (isInner(stack[to - 1].getClassName()) || isOfJunit(stack[to - 1].getClassName()))) {
            to--;
        }
        return from == to ? stack : Arrays.copyOfRange(stack, from, to);
    }

    /// Returns whether `className` belongs neither to Gofer nor to the JDK.
    public static boolean isOfProgram(String className) {
        return !isInner(className) && !isOfJdk(className);
    }

    private static boolean isOfJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.");
    }

    private static boolean isOfJunit(String className) {
        return className.startsWith("org.junit.");
    }

    /// Returns `stack` without inner frames at either end.
    public static List<StackTraceElement> ofProgram(List<StackTraceElement> stack) {
        int from = 0;
        int to = stack.size();
        while (from < to && isInner(stack.get(from).getClassName())) {
            from++;
        }
        while (from < to && isInner(stack.get(to - 1).getClassName())) {
            to--;
        }
        return stack.subList(from, to);
    }
}
