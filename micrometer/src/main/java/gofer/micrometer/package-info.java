/// Metrics of goroutines for Micrometer.
@NullMarked
package gofer.micrometer;

import org.jspecify.annotations.NullMarked;
