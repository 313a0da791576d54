/// Adapters between Gofer and `java.util.concurrent`: futures, publishers of `Flow`, and an executor. They are built on the
/// exported packages, as `gofer.group` is.
@NullMarked
package gofer.interop;

import org.jspecify.annotations.NullMarked;
