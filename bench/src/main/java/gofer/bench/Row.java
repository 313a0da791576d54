package gofer.bench;

import java.util.function.LongUnaryOperator;

/// A workload.
///
/// @param name the name that every peer uses
/// @param n the number of operations of a run
/// @param unit the unit of the measured value divided by n
/// @param result the expected result of a run with n operations
/// @param text what the program does
record Row(String name, int n, String unit, LongUnaryOperator result, String text) {

    Row(String name, int n, String unit, LongUnaryOperator result) {
        this(name, n, unit, result, "");
    }

    Row text(String text) {
        return new Row(name, n, unit, result, text);
    }

    /// Returns whether the processor time belongs to the operations. In the rows of latency, other goroutines compute, and
    /// the row of memory collects garbage.
    boolean hasProcessorTime() {
        return unit.startsWith("ns") && !name.startsWith("latency");
    }
}
