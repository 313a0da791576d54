/// Pipelines: stages of goroutines that are connected by channels, with one context for all. The package is built on
/// the exported packages, as `gofer.group` is.
@NullMarked
package gofer.pipeline;

import org.jspecify.annotations.NullMarked;
