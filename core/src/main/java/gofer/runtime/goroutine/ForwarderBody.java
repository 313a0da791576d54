package gofer.runtime.goroutine;

import gofer.goroutine.Body;

/// The body of a goroutine that only forwards an event, perhaps from a channel outside of its world. While it waits,
/// the clock of the world can advance.
public interface ForwarderBody extends Body {}
