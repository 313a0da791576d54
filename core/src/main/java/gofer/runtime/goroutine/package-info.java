/// Goroutines: their records, the list of all, and where they were started. Not API.
@NullMarked
package gofer.runtime.goroutine;

import org.jspecify.annotations.NullMarked;
