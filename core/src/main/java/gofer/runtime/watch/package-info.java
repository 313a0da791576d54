/// Inspection of goroutines: dumps, deadlocks, leaks, and what tools ask of a controlled world. Not API.
@NullMarked
package gofer.runtime.watch;

import org.jspecify.annotations.NullMarked;
