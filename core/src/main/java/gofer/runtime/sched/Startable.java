package gofer.runtime.sched;

/// A goroutine that is about to begin, as a scheduler sees it. Its first turn is to be run.
public interface Startable extends Runnable {

    /// Starts its thread if there is none yet. May throw that there is no memory for one.
    Thread thread();

    /// Starts its thread now, so that it inherits thread locals and the like from the current one.
    void startInheriting();

    /// Its turn has come, and the JVM has no memory for its thread, as `refused` says.
    void cannotBegin(Throwable refused);
}
