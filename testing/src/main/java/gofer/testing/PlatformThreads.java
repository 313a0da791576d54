package gofer.testing;

import gofer.runtime.park.World;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The platform threads outside a world, which nothing controls.
final class PlatformThreads {

    /// The thread group of platform threads that a virtual thread has started.
    private static final String GROUP = "VirtualThreads";

    /// After one run in this many, the started threads are looked up even if no goroutine waited for them.
    private static final int LOOKED = 64;

    private static final String VIRTUAL = "java.lang.BaseVirtualThread";

    /// The maximum number of frames between the constructor of a virtual thread and our code.
    private static final int DEPTH = 12;

    /// Inherited by the runner and its goroutines: whether one of them has created a platform thread in this run.
    private static final InheritableThreadLocal<AtomicBoolean> HAS_MADE =
            new InheritableThreadLocal<>() {
                @Override
                protected AtomicBoolean childValue(AtomicBoolean hasMade) {
                    if (!isMakingVirtual()) {
                        hasMade.set(true);
                    }
                    return hasMade;
                }
            };

    private final Thread caller = Thread.currentThread(); // waits for the end of the run
    private final Supplier<Stream<Thread>> all;
    private final Set<Thread> others; // existed before
    private final Set<String> started = new TreeSet<>(); // in this run, by name
    private AtomicBoolean hasMade = new AtomicBoolean();
    private int runs;

    /// Regards the threads that `all` returns now as existing before.
    PlatformThreads(Supplier<Stream<Thread>> all) {
        this.all = all;
        others = all.get().collect(Collectors.toSet());
    }

    /// Returns the threads that did not exist before. The others hardly matter for what goroutines wait for.
    Stream<Thread> newOnes() {
        return all.get().filter(thread -> !others.contains(thread));
    }

    /// Returns whether `thread` could bring about what a goroutine waits for.
    boolean mayHelp(Thread thread) {
        return !(thread instanceof World.Runner) && thread != caller;
    }

    /// Begins a run. Called on the runner.
    void begin() {
        started.clear();
        hasMade = new AtomicBoolean();
        HAS_MADE.set(hasMade);
    }

    /// Returns whether the thread that is being constructed is virtual.
    private static boolean isMakingVirtual() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(DEPTH).anyMatch(frame -> frame.getClassName().equals(VIRTUAL)));
    }

    /// Notes which threads the world has started. Called if a goroutine waits for something outside.
    void look() {
        newOnes()
                .filter(thread ->
                        !(thread instanceof World.Runner)
                                && thread.getThreadGroup() instanceof ThreadGroup group
                                && group.getName().equals(GROUP))
                .forEach(this::starts);
    }

    /// Ends a run, and sometimes notes which threads the world has started.
    void end() {
        if (runs++ % LOOKED == 0) {
            look();
        }
    }

    /// Notes that a thread of the world starts `thread`.
    void starts(Thread thread) {
        started.add(thread.getName());
    }

    /// Returns whether a platform thread was started in this run.
    boolean isAny() {
        return hasMade.get() || !started.isEmpty();
    }

    /// Returns the names of the threads that were started in this run, as far as they were seen.
    String names() {
        return started.isEmpty() ? "they have ended" : String.join(", ", started);
    }
}
