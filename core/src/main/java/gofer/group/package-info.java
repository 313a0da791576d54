/// Groups of goroutines: error groups, weighted semaphores, duplicate suppression. They are built on the exported
/// packages, with two exceptions. The semaphore's algorithm is in `gofer.runtime.lock`, where dumps and the deadlock
/// search can see it. And each operation is a scheduling point at which a test may run other goroutines first.
@NullMarked
package gofer.group;

import org.jspecify.annotations.NullMarked;
