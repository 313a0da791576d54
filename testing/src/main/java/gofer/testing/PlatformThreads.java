package gofer.testing;

import gofer.runtime.park.World;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The platform threads beside a world: nobody steers them.
final class PlatformThreads {

    /// The group of those that a virtual thread has started.
    private static final String GROUP = "VirtualThreads";

    /// At the end of one of so many runs it is looked who was started, even if nobody has waited for him.
    private static final int LOOKED = 64;

    private static final String VIRTUAL = "java.lang.BaseVirtualThread";

    /// How many frames there are at most from the constructor of a virtual thread to us.
    private static final int DEPTH = 12;

    /// In the runner and its goroutines: whether one of them has made a platform thread in this run.
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

    private final Thread caller = Thread.currentThread(); // who waits for the end
    private final Supplier<Stream<Thread>> all;
    private final Set<Thread> others; // were there before
    private final Set<String> started = new TreeSet<>(); // in this run, by name
    private AtomicBoolean hasMade = new AtomicBoolean();
    private int runs;

    /// Those that `all` yields are there before.
    PlatformThreads(Supplier<Stream<Thread>> all) {
        this.all = all;
        others = all.get().collect(Collectors.toSet());
    }

    /// Those that were there before hardly have to do with what is waited for here.
    Stream<Thread> newOnes() {
        return all.get().filter(thread -> !others.contains(thread));
    }

    /// Whether `thread` could bring about what a goroutine waits for.
    boolean mayHelp(Thread thread) {
        return !(thread instanceof World.Runner) && thread != caller;
    }

    /// A run begins. On the runner.
    void begin() {
        started.clear();
        hasMade = new AtomicBoolean();
        HAS_MADE.set(hasMade);
    }

    /// Whether the thread that is being made now is a virtual one.
    private static boolean isMakingVirtual() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(DEPTH).anyMatch(frame -> frame.getClassName().equals(VIRTUAL)));
    }

    /// Notes who was started by those of the world, if somebody waits for what is outside of it.
    void look() {
        newOnes()
                .filter(thread ->
                        !(thread instanceof World.Runner)
                                && thread.getThreadGroup() instanceof ThreadGroup group
                                && group.getName().equals(GROUP))
                .forEach(this::starts);
    }

    /// Likewise, now and then.
    void end() {
        if (runs++ % LOOKED == 0) {
            look();
        }
    }

    /// One of the world starts `thread`.
    void starts(Thread thread) {
        started.add(thread.getName());
    }

    /// Whether one was started in this run.
    boolean isAny() {
        return hasMade.get() || !started.isEmpty();
    }

    /// The names of those that were started in this run, as far as they were seen.
    String names() {
        return started.isEmpty() ? "they have ended" : String.join(", ", started);
    }
}
