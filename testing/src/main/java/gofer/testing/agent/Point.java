package gofer.testing.agent;

import java.util.List;

/// A scheduling point: the arguments of the call of [GoferPoints] before an instruction.
///
/// @param what the operation of the instruction; see [GoferPoints]
/// @param passesObject whether to pass the object of the field, monitor or call
/// @param arguments the indices of the arguments to pass
record Point(String what, boolean passesObject, List<Integer> arguments) {

    /// A scheduling point that only lets other goroutines run.
    static final String PAUSE = "PAUSE";

    static Point of(String what) {
        return new Point(what, true, List.of());
    }

    /// Returns the number of objects to pass.
    int objectCount() {
        return arguments.size() + (passesObject ? 1 : 0);
    }
}
