/// A goroutine as seen from outside: its identity and state, how a wait ends early, and what ends a program.
@NullMarked
package gofer.goroutine;

import org.jspecify.annotations.NullMarked;
