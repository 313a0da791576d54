/// Parking and waking, timers, the clock, traces of waits, and the interface to controlled schedulers. Not API.
@NullMarked
package gofer.runtime.park;

import org.jspecify.annotations.NullMarked;
