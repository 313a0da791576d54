/// Deadlines, cancellation and request-scoped values that are passed down a call tree.
@NullMarked
package gofer.context;

import org.jspecify.annotations.NullMarked;
