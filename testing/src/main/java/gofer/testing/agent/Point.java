package gofer.testing.agent;

import java.util.List;

/// A scheduling point: the arguments of the call of [GoferPoints] before an instruction.
///
/// @param what what the instruction does
/// @param object whether to pass the object of the field, monitor or call
/// @param arguments the indices of the arguments that are passed too
record Point(String what, boolean object, List<Integer> arguments) {

    /// A scheduling point that only lets other goroutines run.
    static final String PAUSE = "PAUSE";

    static Point of(String what) {
        return new Point(what, true, List.of());
    }

    /// Returns how many objects are passed.
    int told() {
        return arguments.size() + (object ? 1 : 0);
    }
}
