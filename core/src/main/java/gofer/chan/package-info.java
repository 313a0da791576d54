/// Channels and select: goroutines share memory by communicating.
@NullMarked
package gofer.chan;

import org.jspecify.annotations.NullMarked;
