/// Tests of concurrent code: bubbles with a clock of their own, and the same body under many schedules.
@NullMarked
package gofer.testing;

import org.jspecify.annotations.NullMarked;
