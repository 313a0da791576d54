/// Groups of goroutines: error groups, weighted semaphores, duplicate suppression. Built on the exported packages alone.
@NullMarked
package gofer.group;

import org.jspecify.annotations.NullMarked;
