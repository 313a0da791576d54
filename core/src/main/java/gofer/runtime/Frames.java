package gofer.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Tells the program's stack frames from those of Gofer and of the JDK's thread machinery.
final class Frames {

    private static final Set<String> PACKAGES =
            Set.of(
                    "gofer",
                    "gofer.chan",
                    "gofer.chan.flavor",
                    "gofer.cli",
                    "gofer.context",
                    "gofer.goroutine",
                    "gofer.group",
                    "gofer.runtime",
                    "gofer.sync",
                    "gofer.time");

    /// Classes of java.lang through which threads run and park, and lambdas are looked up.
    private static final Set<String> JAVA_LANG =
            Set.of(
                    "java.lang.ClassValue",
                    "java.lang.System$1",
                    "java.lang.Thread",
                    "java.lang.ThreadBuilders$BoundVirtualThread",
                    "java.lang.VirtualThread");

    private Frames() {}

    /// Whether `className` is part of Gofer, or of how the JDK runs and parks threads.
    static boolean isInner(String className) {
        int dot = className.lastIndexOf('.');
        String packageName = dot < 0 ? "" : className.substring(0, dot);
        return PACKAGES.contains(packageName)
                || packageName.startsWith("java.util.concurrent")
                || packageName.startsWith("jdk.internal.")
                || packageName.startsWith("java.lang.invoke")
                || packageName.startsWith("java.lang.reflect")
                || JAVA_LANG.contains(className);
    }

    /// `stack` without inner frames at its outer end, where the goroutine or the program was started.
    static StackTraceElement[] withoutStart(StackTraceElement[] stack) {
        int end = stack.length;
        while (end > 0 && isInner(stack[end - 1].getClassName())) {
            end--;
        }
        return end == 0 ? stack : Arrays.copyOf(stack, end);
    }

    /// `stack` without inner frames at either end.
    static List<StackTraceElement> ofProgram(StackTraceElement[] stack) {
        int from = 0;
        int to = stack.length;
        while (from < to && isInner(stack[from].getClassName())) {
            from++;
        }
        while (from < to && isInner(stack[to - 1].getClassName())) {
            to--;
        }
        return List.of(stack).subList(from, to);
    }
}
