package gofer.race.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The places at which threads were started. Threads that were started at the same place share the description of it.
final class StartStacks {

    private static final int DEPTH = 8;
    private static final int KNOWN = 1024;

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Collect COLLECT = new Collect();
    private static final @Nullable Stack[] known = new @Nullable Stack[KNOWN];

    private StartStacks() {}

    /// Returns the current stack from the caller of the method that starts a thread.
    static List<StackTraceElement> here() {
        List<StackWalker.StackFrame> frames = WALKER.walk(COLLECT);
        int hash = hash(frames);
        int place = hash & KNOWN - 1;
        Stack stack = known[place];
        if (stack == null || !stack.is(frames)) {
            stack = new Stack(frames);
            known[place] = stack;
        }
        return stack.elements;
    }

    private static int hash(List<StackWalker.StackFrame> frames) {
        int hash = 0;
        for (StackWalker.StackFrame frame : frames) {
            hash = hash * 31 + frame.getClassName().hashCode() + frame.getByteCodeIndex();
        }
        return hash ^ hash >>> 16;
    }

    /// Returns whether the frame is of the detector or of the class Thread.
    private static boolean isInternal(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        return Stacks.isInternal(type, frame.getMethodName())
                || type.equals("java.lang.Thread")
                || type.startsWith("java.lang.ThreadBuilders")
                || type.equals("java.lang.VirtualThread");
    }

    /// Collects the first frames. Not a lambda, whose first use runs much code.
    private static final class Collect
            implements Function<Stream<StackWalker.StackFrame>, List<StackWalker.StackFrame>> {

        @Override
        public List<StackWalker.StackFrame> apply(Stream<StackWalker.StackFrame> stream) {
            var frames = new ArrayList<StackWalker.StackFrame>(DEPTH);
            var all = stream.iterator();
            while (all.hasNext() && frames.size() < DEPTH) {
                StackWalker.StackFrame frame = all.next();
                if (!frames.isEmpty() || !isInternal(frame)) {
                    frames.add(frame);
                }
            }
            return frames;
        }
    }

    /// A stack that is known.
    private static final class Stack {

        private final String[] types;
        private final String[] methods;
        private final int[] indexes;
        final List<StackTraceElement> elements;

        Stack(List<StackWalker.StackFrame> frames) {
            types = new String[frames.size()];
            methods = new String[frames.size()];
            indexes = new int[frames.size()];
            var described = new ArrayList<StackTraceElement>(frames.size());
            for (int i = 0; i < types.length; i++) {
                StackWalker.StackFrame frame = frames.get(i);
                types[i] = frame.getClassName();
                methods[i] = frame.getMethodName();
                indexes[i] = frame.getByteCodeIndex();
                if (!Stacks.isInternal(types[i], methods[i])) {
                    described.add(Stacks.plain(frame.toStackTraceElement()));
                }
            }
            elements = List.copyOf(described);
        }

        boolean is(List<StackWalker.StackFrame> frames) {
            if (frames.size() != types.length) {
                return false;
            }
            for (int i = 0; i < types.length; i++) {
                StackWalker.StackFrame frame = frames.get(i);
                if (frame.getByteCodeIndex() != indexes[i]
                        || !frame.getClassName().equals(types[i])
                        || !frame.getMethodName().equals(methods[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
