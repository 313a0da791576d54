/// Locks, wait groups and the rest of Go's `sync`, for code in which sharing memory is simpler than a channel.
@NullMarked
package gofer.sync;

import org.jspecify.annotations.NullMarked;
