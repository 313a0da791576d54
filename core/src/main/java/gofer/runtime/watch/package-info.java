/// Inspection of goroutines: dumps, deadlocks, leaks, and queries of tools about a controlled world. Not API.
@NullMarked
package gofer.runtime.watch;

import org.jspecify.annotations.NullMarked;
