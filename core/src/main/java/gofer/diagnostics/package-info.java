/// Deadlocks, leaks, profiles and metrics of goroutines in a running program.
@NullMarked
package gofer.diagnostics;

import org.jspecify.annotations.NullMarked;
