package gofer.runtime.base;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the program's stack frames from those of Gofer and of the JDK's thread machinery.
public final class Frames {

    private static final Set<String> TESTING = Set.of("gofer.testing", "gofer.testing.junit");

    /// The classes of those packages, of another module than ours, that lie around a body that is tested.
    private static final Set<String> TOOLS =
            Set.of(
                    "gofer.testing.Accesses",
                    "gofer.testing.Bubble",
                    "gofer.testing.BubbleLoop",
                    "gofer.testing.Explore",
                    "gofer.testing.Explorer",
                    "gofer.testing.ExplorerLoop",
                    "gofer.testing.Failure",
                    "gofer.testing.Loop",
                    "gofer.testing.WorldRunner",
                    "gofer.testing.junit.BubbleExtension",
                    "gofer.testing.junit.ExploreExtension");

    /// The classes of the launcher that lie between the JDK and the main goroutine: in another module than ours.
    private static final Set<String> LAUNCHER = Set.of("gofer.cli.Main", "gofer.cli.LoadedProgram", "gofer.cli.Search");

    /// Classes of java.lang through which threads run and park, and lambdas are looked up.
    private static final Set<String> JAVA_LANG =
            Set.of(
                    "java.lang.ClassValue",
                    "java.lang.GoferPoints", // see the agent of gofer.testing
                    "java.lang.System$1",
                    "java.lang.Thread",
                    "java.lang.ThreadBuilders$BoundVirtualThread",
                    "java.lang.VirtualThread");

    /// Whether a class of one of our packages is ours, by the name of the class in whose source file it stands.
    private static final Map<String, Boolean> OURS = new ConcurrentHashMap<>();

    private Frames() {}

    /// Whether `className` is part of Gofer, or of how the JDK runs and parks threads.
    public static boolean isInner(String className) {
        int dot = className.lastIndexOf('.');
        String packageName = dot < 0 ? "" : className.substring(0, dot);
        return (packageName.equals("gofer") || packageName.startsWith("gofer.")) && isOurs(outermost(className))
                || TESTING.contains(packageName) && TOOLS.contains(outermost(className))
                || packageName.equals("gofer.cli") && LAUNCHER.contains(outermost(className))
                || packageName.startsWith("java.util.concurrent")
                || packageName.startsWith("jdk.internal.")
                || packageName.startsWith("java.lang.invoke")
                || packageName.startsWith("java.lang.reflect")
                || JAVA_LANG.contains(className);
    }

    /// `gofer.group.ErrGroup` for `gofer.group.ErrGroup$$Lambda/0x42`: none of our classes has a dollar sign in its own name.
    private static String outermost(String className) {
        int dollar = className.indexOf('$');
        return dollar < 0 ? className : className.substring(0, dollar);
    }

    private static boolean isOurs(String className) {
        Boolean known = OURS.get(className); // usually: and without a lock
        return known != null ? known : OURS.computeIfAbsent(className, Frames::comesWithUs);
    }

    /// Whether a class comes from where this one does: the module, or, on the class path, the same jar or folder. A test
    /// in a package of ours does not.
    private static boolean comesWithUs(String className) {
        try {
            Class<?> type = Class.forName(className, false, Frames.class.getClassLoader());
            Module module = Frames.class.getModule();
            return type.getModule() == module && (module.isNamed() || source(type).equals(source(Frames.class)));
        } catch (IllegalAccessError closed) {
            return true; // GoroutineContainer, while the JDK is not open to us
        } catch (ClassNotFoundException | LinkageError notFound) {
            return false; // of another class loader
        }
    }

    private static Optional<String> source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source).map(CodeSource::getLocation).map(URL::toString);
    }

    /// `stack` without inner frames at its outer end, where the goroutine or the program was started.
    public static StackTraceElement[] withoutStart(StackTraceElement[] stack) {
        int end = stack.length;
        while (end > 0 && isInner(stack[end - 1].getClassName())) {
            end--;
        }
        return end == 0 ? stack : Arrays.copyOf(stack, end);
    }

    /// `stack` without frames at either end that are none of the program's, nor of JUnit's beneath it; as it is if there are
    /// no others. Above the program all of the JDK is left out, what the program calls included.
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

    private static boolean isOfJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.");
    }

    private static boolean isOfJunit(String className) {
        return className.startsWith("org.junit.");
    }

    /// `stack` without inner frames at either end.
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
