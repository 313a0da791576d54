/// What a goroutine is, seen from outside: its identity, its state, how a wait ends early, and what ends a program.
@NullMarked
package gofer.goroutine;

import org.jspecify.annotations.NullMarked;
