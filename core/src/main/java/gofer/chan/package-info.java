/// Channels and select: goroutines share by communicating.
@NullMarked
package gofer.chan;

import org.jspecify.annotations.NullMarked;
