/// What goroutines do wrong: deadlocks and leaks, found while the program runs.
@NullMarked
package gofer.diagnostics;

import org.jspecify.annotations.NullMarked;
