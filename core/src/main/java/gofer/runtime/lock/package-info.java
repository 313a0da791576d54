/// The algorithms of mutexes, wait groups, conditions and semaphores. Not API.
@NullMarked
package gofer.runtime.lock;

import org.jspecify.annotations.NullMarked;
