/// Goroutines: their records, the list of all, and their origins. Not API.
@NullMarked
package gofer.runtime.goroutine;

import org.jspecify.annotations.NullMarked;
