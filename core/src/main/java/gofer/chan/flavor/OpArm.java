package gofer.chan.flavor;

import gofer.chan.Arm;
import gofer.runtime.chan.Op;

/// An arm with an operation whose result is that of the arm.
///
/// @param op the operation
/// @param <R> the type of its result
public record OpArm<R>(Op op) implements Arm<R> {}
