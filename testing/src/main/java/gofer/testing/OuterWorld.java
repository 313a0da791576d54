package gofer.testing;

import gofer.runtime.watch.ControlledWorld;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a world knows about threads outside: whether one of them may wake a goroutine.
abstract class OuterWorld extends ControlledWorld {

    VirtualClock clock = new VirtualClock();
    final List<Task> live = new ArrayList<>(); // by number
    final Inbox inbox = new Inbox();
    @Nullable Task waiter; // waits until all others are blocked
    int plain; // how many plain virtual threads have started
    volatile boolean stopped;

    final PlatformThreads platform = new PlatformThreads(ControlledWorld::platformThreads);

    @Override
    public final Executor externalExecutor() {
        return inbox.door();
    }

    final boolean isAnyOutside() {
        boolean helped =
                isAnyHelped(
                        clock.isEmpty()
                                ? platformThreads()
                                : platform.newOnes()); // must be first: a helper that has ended since leaves an awake
        // goroutine
        for (Task task : live) {
            if (task != waiter
                    && task.goroutine != null
                    && task.entering == null
                    && waitsForOutside(task.goroutine.thread())) {
                return true;
            }
        }
        return helped
                || plain > 0 && threadsOfThisRun().anyMatch(thread -> !isEntering(thread) && waitsForOutside(thread));
    }

    /// Returns whether `thread` waits to enter a monitor that [Monitors] tracks.
    private boolean isEntering(Thread thread) {
        return live.stream().anyMatch(task -> task.thread == thread && task.entering != null);
    }

    /// Returns the plain virtual threads that are alive.
    private Stream<Thread> threadsOfThisRun() {
        if (live.stream().anyMatch(task -> task.goroutine == null && task.thread == null)) {
            forgetPlainThreadsThatEnded();
        }
        return live.stream()
                .filter(task -> task.goroutine == null && task.thread != null)
                .map(task -> Objects.requireNonNull(task.thread));
    }

    /// Finds the thread of each plain task. A task without a thread has ended and is removed.
    final void forgetPlainThreadsThatEnded() {
        if (plain > 0) {
            IdentityHashMap<Runnable, Thread> threads = new IdentityHashMap<>();
            plainThreads().forEach(thread -> threads.put(turnOf(thread), thread));
            live.stream().filter(task -> task.goroutine == null).forEach(task -> task.thread = threads.get(task.turn));
            live.removeIf(task -> task.goroutine == null && task.thread == null);
        }
    }

    /// Returns the threads of goroutines, and plain virtual threads.
    final Stream<Thread> threads() {
        return Stream.concat(
                live.stream()
                        .flatMap(task -> task.goroutine == null ? Stream.empty() : Stream.of(task.goroutine.thread())),
                plain > 0 ? threadsOfThisRun() : Stream.empty());
    }

    /// Returns whether a goroutine waits for something that is not Gofer's, and one of `helpers` could bring it about.
    final boolean isAnyHelped(Stream<Thread> helpers) {
        return live.stream()
                        .anyMatch(task -> task != waiter && task.goroutine != null && waitsForExternal(task.goroutine))
                && helpers.anyMatch(platform::mayHelp);
    }

    /// Returns whether there are platform threads that did not exist when the world was made.
    final boolean hasNewThreads() {
        return platform.newOnes().anyMatch(platform::mayHelp);
    }

    /// Returns whether all wait for monitors, or for platform threads that existed before.
    final boolean isUnlikely() {
        for (Task task : live) {
            if (task.goroutine != null
                    && task.entering == null
                    && task.goroutine.thread().getState() != Thread.State.BLOCKED
                    && waitsForOutside(task.goroutine.thread())) {
                return false;
            }
        }
        return !isAnyHelped(platform.newOnes());
    }

    /// Returns whether a task is ready. Looking at the stack of a thread that is being woken makes it ready.
    final boolean isAnyReady() {
        return live.stream().anyMatch(task -> task.ready);
    }

    /// Returns how likely a wake-up from outside is, although no goroutine waits for something that is outside.
    final OutsideTimeout hope() {
        if (mayBeEnteredFromOutside() || threads().anyMatch(thread -> mayBeWokenFromOutside(thread))) {
            return OutsideTimeout.GOOD;
        }
        List<Thread> external =
                live.stream()
                        .filter(task -> task.goroutine != null && waitsForExternal(task.goroutine))
                        .map(task -> Objects.requireNonNull(task.goroutine).thread())
                        .toList();
        if (external.isEmpty()) {
            return OutsideTimeout.NONE;
        }
        return !isAnyThreadOutside()
                ? OutsideTimeout.MOMENT
                : external.stream().anyMatch(t -> isJoining(t)) ? OutsideTimeout.GOOD : OutsideTimeout.LITTLE;
    }
}
