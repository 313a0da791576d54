package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// What a thread is called in reports.
public record ThreadName(long number, String name, boolean isVirtual) {

    static ThreadName of(Thread thread) {
        return new ThreadName(thread.threadId(), thread.getName(), thread.isVirtual());
    }

    /// Returns the name of the current thread; null if it is a goroutine, or a thread that runs tasks of others.
    public static @Nullable String ofStarter() {
        Thread thread = Thread.currentThread();
        boolean isUnknown =
                thread.getUncaughtExceptionHandler() instanceof Started || ThreadKind.of(thread) != ThreadKind.ORDINARY;
        return isUnknown ? null : of(thread).toString();
    }

    @Override
    public String toString() {
        String kind = (isVirtual ? "virtual thread " : "thread ") + number;
        return name.isEmpty() ? kind : kind + " \"" + name + "\"";
    }
}
