/// The machine room: goroutines, sleeping and waking, the algorithms of channels and select, timers. Not API.
///
/// Everything above is a thin shell over this package. Nothing outside the module can see it.
@NullMarked
package gofer.runtime;

import org.jspecify.annotations.NullMarked;
