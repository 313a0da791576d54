package gofer.runtime.goroutine;

import gofer.goroutine.Goroutine;
import gofer.runtime.park.HolderId;
import org.jspecify.annotations.Nullable;

/// A thread that is no goroutine: of the operating system, or a virtual one.
public record PlainThread(Thread thread) implements Party {

    @Override
    public long id() {
        return thread.threadId();
    }

    @Override
    public String name() {
        return thread.getName();
    }

    @Override
    public Goroutine.State stateNow() {
        return Party.stateOf(thread.getState());
    }

    @Override
    public StackTraceElement[] stack() {
        return thread.getStackTrace();
    }

    @Override
    public long holderId() {
        return HolderId.of(thread);
    }

    @Override
    public @Nullable Origin origin() {
        return null;
    }

    /// `thread "http-1"`, or `thread 31` if it has no name.
    @Override
    public String toString() {
        return "thread " + (name().isEmpty() ? id() : '"' + name() + '"');
    }
}
