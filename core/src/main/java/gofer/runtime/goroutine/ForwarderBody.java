package gofer.runtime.goroutine;

import gofer.goroutine.Body;

/// The body of a goroutine that only passes on news, from a channel that may be of outside: it does not hold up the clock of a
/// world.
public interface ForwarderBody extends Body {}
