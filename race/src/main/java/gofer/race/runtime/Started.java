package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// An uncaught exception handler of a thread that knows what the thread is and where it was started: that of a goroutine.
public interface Started {

    /// Returns the name for reports, for example `goroutine 7 "worker"`.
    String gofer$description();

    /// Returns the place at which the thread was started; null if unknown.
    @Nullable StackTraceElement gofer$site();

    /// Returns the name of the thread that started it; null if unknown.
    @Nullable String gofer$creator();
}
