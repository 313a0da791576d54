package gofer.testing;

import gofer.runtime.park.World;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The platform threads outside of a world. They are not under control.
final class PlatformThreads {

    /// The thread group of platform threads that a virtual thread has started.
    private static final String GROUP = "VirtualThreads";

    /// The number of runs between two look-ups of started threads for which no goroutine has waited.
    private static final int LOOKUP_INTERVAL = 64;

    private static final String VIRTUAL = "java.lang.BaseVirtualThread";

    /// The maximum number of frames between the constructor of a virtual thread and `childValue`.
    private static final int MAX_DEPTH = 12;

    /// Whether the runner or one of its goroutines, which inherit the value, has created a platform thread in this run.
    private static final InheritableThreadLocal<AtomicBoolean> HAS_CREATED =
            new InheritableThreadLocal<>() {
                @Override
                protected AtomicBoolean childValue(AtomicBoolean hasCreated) {
                    if (!isCreatingVirtual()) {
                        hasCreated.set(true);
                    }
                    return hasCreated;
                }
            };

    private final Thread caller = Thread.currentThread(); // waits for the end of the run
    private final Supplier<Stream<Thread>> all;
    private final Set<Thread> existing; // before the world
    private final Set<String> started = new TreeSet<>(); // in this run, by name
    private AtomicBoolean hasCreated = new AtomicBoolean();
    private int runs;

    /// Treats the threads that `all` returns now as older than the world.
    PlatformThreads(Supplier<Stream<Thread>> all) {
        this.all = all;
        existing = all.get().collect(Collectors.toSet());
    }

    /// Returns the threads that did not exist before the world. Goroutines seldom wait for older threads.
    Stream<Thread> newThreads() {
        return all.get().filter(thread -> !existing.contains(thread));
    }

    /// Returns whether `thread` could wake a goroutine.
    boolean mayWake(Thread thread) {
        return !(thread instanceof World.Runner) && thread != caller;
    }

    /// Begins a run. Called on the runner.
    void begin() {
        started.clear();
        hasCreated = new AtomicBoolean();
        HAS_CREATED.set(hasCreated);
    }

    /// Returns whether the thread that is being constructed is virtual.
    private static boolean isCreatingVirtual() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(MAX_DEPTH).anyMatch(frame -> frame.getClassName().equals(VIRTUAL)));
    }

    /// Records the live threads that the world has started. Called if a goroutine waits for something outside.
    void recordStarted() {
        newThreads()
                .filter(thread ->
                        !(thread instanceof World.Runner)
                                && thread.getThreadGroup() instanceof ThreadGroup group
                                && group.getName().equals(GROUP))
                .forEach(this::recordStart);
    }

    /// Ends a run, and sometimes records the live threads that the world has started.
    void end() {
        if (runs++ % LOOKUP_INTERVAL == 0) {
            recordStarted();
        }
    }

    /// Records that a thread of the world starts `thread`.
    void recordStart(Thread thread) {
        started.add(thread.getName());
    }

    /// Returns whether a platform thread was started in this run.
    boolean isAny() {
        return hasCreated.get() || !started.isEmpty();
    }

    /// Returns the names of the recorded threads of this run.
    String names() {
        return started.isEmpty() ? "they have ended" : String.join(", ", started);
    }
}
