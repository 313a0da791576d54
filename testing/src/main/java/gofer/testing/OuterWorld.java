package gofer.testing;

import gofer.runtime.watch.ControlledWorld;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A world, and what it knows of the one around it: whether something may come from there.
abstract class OuterWorld extends ControlledWorld {

    VirtualClock clock = new VirtualClock();
    final List<Task> live = new ArrayList<>(); // by number
    final Inbox inbox = new Inbox();
    @Nullable Task waiter; // for all others to come to rest
    int plain; // how many plain virtual threads have been started
    volatile boolean stopped;

    final PlatformThreads platform = new PlatformThreads(ControlledWorld::platformThreads);

    @Override
    public final Executor door() {
        return inbox.door();
    }

    final boolean isAnyOutside() {
        boolean helped =
                isAnyHelped(
                        clock.isEmpty()
                                ? platformThreads()
                                : platform.newOnes()); // first: who has helped and ended leaves one that is awake
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

    /// Whether it is the thread of a task that waits for a monitor, which is known here.
    private boolean isEntering(Thread thread) {
        return live.stream().anyMatch(task -> task.thread == thread && task.entering != null);
    }

    /// The plain virtual threads that live.
    private Stream<Thread> threadsOfThisRun() {
        if (live.stream().anyMatch(task -> task.goroutine == null && task.thread == null)) {
            forgetPlainThreadsThatEnded();
        }
        return live.stream()
                .filter(task -> task.goroutine == null && task.thread != null)
                .map(task -> Objects.requireNonNull(task.thread));
    }

    /// Finds out the thread of each plain task; those that have none any more have ended.
    final void forgetPlainThreadsThatEnded() {
        if (plain > 0) {
            IdentityHashMap<Runnable, Thread> threads = new IdentityHashMap<>();
            plainThreads().forEach(thread -> threads.put(turnOf(thread), thread));
            live.stream().filter(task -> task.goroutine == null).forEach(task -> task.thread = threads.get(task.turn));
            live.removeIf(task -> task.goroutine == null && task.thread == null);
        }
    }

    /// Of goroutines, and plain ones.
    final Stream<Thread> threads() {
        return Stream.concat(
                live.stream()
                        .flatMap(task -> task.goroutine == null ? Stream.empty() : Stream.of(task.goroutine.thread())),
                plain > 0 ? threadsOfThisRun() : Stream.empty());
    }

    /// Whether a goroutine waits for something that is none of ours, and one of `helpers` could bring it about.
    final boolean isAnyHelped(Stream<Thread> helpers) {
        return live.stream()
                        .anyMatch(task -> task != waiter && task.goroutine != null && waitsForExternal(task.goroutine))
                && helpers.anyMatch(platform::mayHelp);
    }

    /// Whether there are platform threads that were not there before.
    final boolean hasNewThreads() {
        return platform.newOnes().anyMatch(platform::mayHelp);
    }

    /// Whether all wait for monitors, or for threads that were there before.
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

    /// To look at the stack of a thread that is being woken makes it ready.
    final boolean isAnyReady() {
        return live.stream().anyMatch(task -> task.ready);
    }

    /// Whether somebody might be woken from outside though nobody waits for what is there.
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
