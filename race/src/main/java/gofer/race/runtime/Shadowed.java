package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// An object that keeps its shadow itself, because its class has a field for it. It must be set by [Shadows] alone.
public interface Shadowed {

    /// Returns the shadow; null if there is none yet. The field must be volatile.
    @Nullable Object gofer$shadow();

    /// Sets the shadow.
    void gofer$shadow(Object shadow);
}
