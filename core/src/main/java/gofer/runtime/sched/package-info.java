/// Gofer's scheduler: processors, carrier threads and their queues. Not API.
@NullMarked
package gofer.runtime.sched;

import org.jspecify.annotations.NullMarked;
