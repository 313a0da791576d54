/// Deadlines, cancellation signals and request-scoped values, passed down a call tree.
@NullMarked
package gofer.context;

import org.jspecify.annotations.NullMarked;
