package gofer.race.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Stack traces without the code of the detector.
final class Stacks {

    private static final Set<String> HOOKS =
            Set.of(Hooks.class.getName(), ElementHooks.class.getName(), WholeHooks.class.getName());

    private Stacks() {}

    /// Returns the stack of the current thread, beginning with the access at `site`.
    static List<StackTraceElement> here(StackTraceElement site) {
        StackTraceElement[] all = new Throwable().getStackTrace();
        var stack = new ArrayList<StackTraceElement>();
        int first = first(all, site);
        if (first < 0) {
            stack.add(site);
        }
        for (int i = first < 0 ? afterHook(all) : first; i < all.length; i++) {
            if (!isInternal(all[i].getClassName(), all[i].getMethodName())) {
                stack.add(plain(all[i]));
            }
        }
        return List.copyOf(stack);
    }

    /// Returns the index of the frame at `site`, -1 if there is none.
    private static int first(StackTraceElement[] all, StackTraceElement site) {
        for (int i = 0; i < all.length; i++) {
            if (all[i].getLineNumber() == site.getLineNumber()
                    && all[i].getMethodName().equals(site.getMethodName())
                    && all[i].getClassName().equals(site.getClassName())) {
                return i;
            }
        }
        return -1;
    }

    /// Returns the index of the first frame after those of the hook, 0 if there is none.
    private static int afterHook(StackTraceElement[] all) {
        for (int i = all.length - 1; i >= 0; i--) {
            if (HOOKS.contains(all[i].getClassName())) {
                return i + 1;
            }
        }
        return 0;
    }

    /// Returns whether the frame is of the code that was added to the program, of Gofer, or of the machinery of threads.
    static boolean isInternal(String type, String method) {
        return method.startsWith("gofer$")
                || type.startsWith("gofer.") && !type.endsWith("Test")
                || type.equals("java.lang.GoferRace")
                || type.startsWith("java.lang.Thread")
                || type.equals("java.lang.VirtualThread");
    }

    /// Returns the element without the names of a class loader and a module.
    static StackTraceElement plain(StackTraceElement element) {
        return new StackTraceElement(
                element.getClassName(), element.getMethodName(), element.getFileName(), element.getLineNumber());
    }
}
