package gofer.runtime.goroutine;

import gofer.goroutine.Goroutine;
import gofer.runtime.park.HolderId;
import org.jspecify.annotations.Nullable;

/// A thread that is not a goroutine: a platform thread or a virtual thread.
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
    public Thread startedThread() {
        return thread;
    }

    @Override
    public long holderId() {
        return HolderId.of(thread);
    }

    @Override
    public @Nullable Origin origin() {
        return null;
    }

    /// Returns `thread "http-1"`, or `thread 31` if it has no name.
    @Override
    public String toString() {
        return "thread " + (name().isEmpty() ? id() : '"' + name() + '"');
    }
}
