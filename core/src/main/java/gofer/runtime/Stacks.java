package gofer.runtime;

import gofer.goroutine.Goroutine;
import java.util.List;

/// The dump of all goroutines, as text.
public final class Stacks {

    private Stacks() {}

    /// One paragraph for the current thread, then one for each other goroutine, by id.
    public static String dump() {
        StringBuilder text = new StringBuilder();
        G current = G.current();
        String name = current == null ? "thread \"" + Thread.currentThread().getName() + '"' : current.toString();
        append(text, name, "running", Thread.currentThread().getStackTrace());
        if (current != null) {
            text.append(current.creation());
        }
        for (G g : Goroutines.all()) {
            if (g != current) {
                append(text.append('\n'), g);
            }
        }
        return text.toString();
    }

    /// One paragraph for each goroutine, by id.
    static String ofGoroutines() {
        StringBuilder text = new StringBuilder();
        for (G g : Goroutines.all()) {
            append(text.isEmpty() ? text : text.append('\n'), g);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, G g) {
        append(text, g.toString(), stateOf(g), g.stack());
        text.append(g.creation());
    }

    private static String stateOf(G g) {
        return g.state() == Goroutine.State.WAITING ? g.waitReason().toString() : "runnable";
    }

    private static void append(StringBuilder text, String name, String state, StackTraceElement[] stack) {
        text.append(name).append(" [").append(state).append("]:\n");
        List<StackTraceElement> frames = Frames.ofProgram(stack);
        for (StackTraceElement frame : frames) {
            text.append("\tat ").append(frame).append('\n');
        }
    }
}
