/// Tests of concurrent code: bubbles in virtual time, and explorations that run a body under many schedules.
@NullMarked
package gofer.testing;

import org.jspecify.annotations.NullMarked;
