/// Groups of goroutines: error groups, weighted semaphores, duplicate suppression. Built on the exported packages
/// alone, as anybody could; but each operation is a point at which a test may let others go first.
@NullMarked
package gofer.group;

import org.jspecify.annotations.NullMarked;
