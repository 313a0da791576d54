/// The detector: what instrumented code calls.
package gofer.race.runtime;
