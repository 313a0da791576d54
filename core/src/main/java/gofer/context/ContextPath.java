package gofer.context;

import java.util.ArrayDeque;
import java.util.Deque;

/// The text form of a context: how it was derived, from the root on.
final class ContextPath {

    private ContextPath() {}

    /// Returns the derivation of `context`. It uses a loop instead of recursion, because chains may be long.
    static String to(Context context) {
        Deque<String> steps = new ArrayDeque<>();
        for (Context each = context; ; ) {
            switch (each) {
                case ValueContext values -> {
                    steps.push(values.step());
                    each = values.parent;
                }
                case CancelContext own -> {
                    steps.push(own.step());
                    each = own.parent;
                }
                case WithoutCancel detached -> {
                    steps.push(detached.step());
                    each = detached.parent();
                }
                default -> { // a root, or a user's context
                    return each + String.join("", steps);
                }
            }
        }
    }
}
