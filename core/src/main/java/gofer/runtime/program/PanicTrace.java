package gofer.runtime.program;

import gofer.runtime.base.Frames;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// The stack traces of a panic report, in the JDK's format, but without Gofer's own frames above and below the
/// program's, and without the middle of a deep stack.
final class PanicTrace {

    /// The number of frames shown at each end of a deep stack, as in Go.
    private static final int FRAMES_AT_EACH_END = 50;

    private static final String LINE = System.lineSeparator();

    private final StringBuilder out;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // causes may form a cycle

    PanicTrace(StringBuilder out) {
        this.out = out;
    }

    /// Appends the frames of `thrown`, its suppressed exceptions and its causes, without the line that describes
    /// `thrown` itself.
    void append(Throwable thrown) {
        seen.add(thrown);
        StackTraceElement[] frames = ofProgram(thrown);
        append(frames, 0);
        appendRest(thrown, frames);
    }

    private void append(String caption, Throwable thrown, StackTraceElement[] enclosing) {
        out.append(caption);
        if (!seen.add(thrown)) {
            out.append("[CIRCULAR REFERENCE: ").append(thrown).append(']').append(LINE);
            return;
        }
        out.append(thrown).append(LINE);
        StackTraceElement[] frames = ofProgram(thrown);
        append(frames, common(frames, enclosing));
        appendRest(thrown, frames);
    }

    private void appendRest(Throwable thrown, StackTraceElement[] frames) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            append("Suppressed: ", suppressed, frames);
        }
        if (thrown.getCause() instanceof Throwable cause) {
            append("Caused by: ", cause, frames);
        }
    }

    /// @param common the number of frames at the end that have been printed already
    private void append(StackTraceElement[] frames, int common) {
        int end = frames.length - common;
        int elided = end - 2 * FRAMES_AT_EACH_END;
        for (int i = 0; i < end; i++) {
            if (i == FRAMES_AT_EACH_END && elided > 0) {
                out.append("\t... ").append(elided).append(" frames elided ...").append(LINE);
                i += elided;
            }
            out.append("\tat ").append(frames[i]).append(LINE);
        }
        if (common > 0) {
            out.append("\t... ").append(common).append(" more").append(LINE);
        }
    }

    /// Returns the number of equal frames at the end.
    private static int common(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int common = 0;
        while (common < Math.min(frames.length, enclosing.length)
                && frames[frames.length - 1 - common].equals(enclosing[enclosing.length - 1 - common])) {
            common++;
        }
        return common;
    }

    private static StackTraceElement[] ofProgram(Throwable thrown) {
        StackTraceElement[] frames = Frames.withoutStart(thrown.getStackTrace());
        int first = 0;
        for (int i = 0; i < frames.length && isOfLibrary(frames[i]); i++) {
            if (isOurs(frames[i])) {
                first = i + 1;
            }
        }
        boolean nothingLeft = first == frames.length;
        return nothingLeft && !(thrown instanceof VirtualMachineError) // otherwise the report would hide a bug of Gofer
                ? frames
                : Arrays.copyOfRange(frames, first, frames.length);
    }

    private static boolean isOfLibrary(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.") || isOurs(frame);
    }

    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith("gofer.") && Frames.isInner(frame.getClassName());
    }
}
