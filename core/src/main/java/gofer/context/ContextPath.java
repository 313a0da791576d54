package gofer.context;

import java.util.ArrayDeque;
import java.util.Deque;

/// How a context was made, from the root on: what contexts print.
final class ContextPath {

    private ContextPath() {}

    /// The steps to `context`. A loop, for chains may be long.
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
                default -> { // a root, or a context of the user's
                    return each + String.join("", steps);
                }
            }
        }
    }
}
