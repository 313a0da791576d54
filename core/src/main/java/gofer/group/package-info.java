/// Groups of goroutines: error groups, weighted semaphores, duplicate suppression. Built on the exported packages
/// alone, as anybody could, but for two things: the semaphore's algorithm is in the machine room, where dumps and the search
/// for deadlocks see it; and each operation is a point at which a test may let others go first.
@NullMarked
package gofer.group;

import org.jspecify.annotations.NullMarked;
