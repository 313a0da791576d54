package gofer.runtime.goroutine;

import gofer.goroutine.Body;

/// The body of a goroutine that only forwards an event, perhaps from a channel outside of its world. While it waits, it
/// does not hold up the clock of the world.
public interface ForwarderBody extends Body {}
