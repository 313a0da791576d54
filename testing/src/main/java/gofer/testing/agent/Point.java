package gofer.testing.agent;

import java.util.List;

/// What [GoferPoints] is told before an instruction.
///
/// @param what what the instruction does
/// @param object whether it is told of the object that the instruction names: that of a field, of a monitor, of a call
/// @param arguments the places of the arguments of which it is told, too
record Point(String what, boolean object, List<Integer> arguments) {

    /// Lets others go first, and does nothing else.
    static final String PAUSE = "PAUSE";

    static Point of(String what) {
        return new Point(what, true, List.of());
    }

    /// How many objects it tells of.
    int told() {
        return arguments.size() + (object ? 1 : 0);
    }
}
