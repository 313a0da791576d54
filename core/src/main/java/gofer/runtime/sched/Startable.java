package gofer.runtime.sched;

/// A goroutine that has not begun yet, as a scheduler sees it. Submitting it means submitting its first turn.
public interface Startable extends Runnable {

    /// Starts its thread if there is none yet. Throws [OutOfMemoryError] if there is no memory for one.
    Thread thread();

    /// Starts its thread now, so that it inherits inheritable thread-locals and the context class loader from the
    /// current thread.
    void startInheriting();

    /// Called when its first turn begins and the JVM has no memory for its thread.
    ///
    /// @param refused the error that the JVM threw
    void cannotBegin(Throwable refused);
}
