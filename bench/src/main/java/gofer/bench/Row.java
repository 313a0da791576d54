package gofer.bench;

import java.util.function.LongUnaryOperator;

/// A workload.
///
/// @param name as every peer calls it
/// @param n how many operations one run has
/// @param unit of the measured value divided by n
/// @param result what a run with n operations has to answer
/// @param text what the program does
record Row(String name, int n, String unit, LongUnaryOperator result, String text) {

    Row(String name, int n, String unit, LongUnaryOperator result) {
        this(name, n, unit, result, "");
    }

    Row text(String text) {
        return new Row(name, n, unit, result, text);
    }
}
