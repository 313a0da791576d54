package gofer.race.runtime;

import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known about a thread, for reports. It does not keep the thread.
final class Origin {

    /// The class of the place of a goroutine that Gofer has started for itself.
    private static final String UNKNOWN = "unknown";

    private final ThreadName name;
    private final @Nullable ThreadName starter;
    private final List<StackTraceElement> stack; // of its start
    private @Nullable WeakReference<Started> handler; // null when the thread has ended; weak, because a thread can leak

    // What the handler said at the end of the thread; null if it has none.
    private @Nullable String description;
    private @Nullable String creator;
    private @Nullable StackTraceElement site;

    /// Creates what is known about a thread that runs.
    ///
    /// @param start null if it was started before the detector
    Origin(Thread thread, Threads.@Nullable Start start) {
        this.name = ThreadName.of(thread);
        this.starter = start == null ? null : start.starter;
        this.stack = start == null ? List.of() : start.stack;
        this.handler =
                thread.getUncaughtExceptionHandler() instanceof Started started ? new WeakReference<>(started) : null;
    }

    /// Replaces the handler, which may refer to many objects, by what it says.
    void end() {
        refresh();
        handler = null;
    }

    private void ask(Started started) {
        description = started.gofer$description();
        creator = started.gofer$creator();
        StackTraceElement known = started.gofer$site();
        site = known == null || known.getClassName().equals(UNKNOWN) ? null : known;
    }

    /// Returns the name of the thread.
    String thread() {
        refresh();
        String known = description;
        return known == null ? name.toString() : known;
    }

    /// Returns the name of the thread that started it; null if unknown.
    @Nullable String startedBy() {
        refresh();
        return starter == null ? creator : starter.toString();
    }

    /// Returns where it was started, empty if unknown.
    List<StackTraceElement> startedAt() {
        refresh();
        StackTraceElement known = site;
        return known == null ? stack : List.of(known);
    }

    private void refresh() {
        if (handler != null && handler.get() instanceof Started running) {
            ask(running);
        }
    }
}
