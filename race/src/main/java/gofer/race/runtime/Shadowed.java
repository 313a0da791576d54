package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

<<<<<<< HEAD
/// An object that keeps its shadow itself, because its class has a field for it. It must be set by [Shadows] alone.
public interface Shadowed {

    /// Returns the shadow; null if there is none yet. The field must be volatile.
    @Nullable Object gofer$shadow();

    /// Sets the shadow.
    void gofer$shadow(Object shadow);
=======
/// An object of Gofer that keeps what the detector knows about it. Its class gets the methods when it is loaded.
public interface Shadowed {

    /// Returns what the detector has stored in the object. Returns null if that is nothing.
    @Nullable Object gofer$shadow();

    /// Stores what the detector knows about the object.
    void gofer$shadow(@Nullable Object shadow);
>>>>>>> race-edges
}
