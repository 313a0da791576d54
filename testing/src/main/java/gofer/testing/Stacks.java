package gofer.testing;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A formatter of the stack traces of an exception and its causes, reduced to the frames of the program.
final class Stacks {

    private final UnaryOperator<StackTraceElement[]> ofProgram;
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Stacks(UnaryOperator<StackTraceElement[]> ofProgram) {
        this.ofProgram = ofProgram;
    }

    /// @param ofProgram removes all other frames
    static String text(Throwable thrown, UnaryOperator<StackTraceElement[]> ofProgram) {
        var stacks = new Stacks(ofProgram);
        stacks.append(thrown, "", "");
        return stacks.text.toString();
    }

    private void append(Throwable thrown, String title, String indent) {
        text.append(indent).append(title).append(thrown).append('\n');
        if (!seen.add(thrown)) {
            return; // a cycle
        }
        for (StackTraceElement frame : ofProgram.apply(thrown.getStackTrace())) {
            text.append(indent).append("\tat ").append(frame).append('\n');
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            append(suppressed, "Suppressed: ", indent + '\t');
        }
        if (thrown.getCause() instanceof Throwable cause) {
            append(cause, "Caused by: ", indent);
        }
    }
}
