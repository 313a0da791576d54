package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// An object of Gofer that keeps what the detector knows about it. Its class gets the methods when it is loaded.
public interface Shadowed {

    /// Returns what the detector has stored in the object. Returns null if that is nothing.
    @Nullable Object gofer$shadow();

    /// Stores what the detector knows about the object.
    void gofer$shadow(@Nullable Object shadow);
}
