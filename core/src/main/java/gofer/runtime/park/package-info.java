/// Waiting: parking and waking, timers, the clock, traces of waits, and the seam to controlled worlds. Not API.
@NullMarked
package gofer.runtime.park;

import org.jspecify.annotations.NullMarked;
