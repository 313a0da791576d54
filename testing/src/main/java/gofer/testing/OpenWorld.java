package gofer.testing;

import gofer.runtime.watch.ControlledWorld;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A world that can tell whether a thread outside may wake one of its goroutines.
abstract class OpenWorld extends ControlledWorld {

    VirtualClock clock = new VirtualClock();
    final List<Task> live = new ArrayList<>(); // by number
    final Inbox inbox = new Inbox();
    @Nullable Task waiter; // waits until all others are blocked
    int plainCount; // the number of plain virtual threads that have started
    volatile boolean stopped;

    final PlatformThreads platform = new PlatformThreads(ControlledWorld::platformThreads);

    @Override
    public final Executor externalExecutor() {
        return inbox.executor();
    }

    /// Returns whether a goroutine or a plain virtual thread waits for something outside.
    final boolean isAnyWaitingForOutside() {
        // This check must come first: if a thread has woken a goroutine and ended before it, the loop below notices
        // the goroutine.
        boolean canBeWoken = canBeWokenBy(clock.isEmpty() ? platformThreads() : platform.newThreads());
        for (Task task : live) {
            if (task != waiter
                    && task.goroutine != null
                    && task.entering == null
                    && waitsForOutside(task.goroutine.thread())) {
                return true;
            }
        }
        return canBeWoken
                || plainCount > 0
                        && threadsOfThisRun().anyMatch(thread -> !isEntering(thread) && waitsForOutside(thread));
    }

    /// Returns whether `thread` waits to enter a monitor that [Monitors] tracks.
    private boolean isEntering(Thread thread) {
        return live.stream().anyMatch(task -> task.thread == thread && task.entering != null);
    }

    /// Returns the plain virtual threads that are alive.
    private Stream<Thread> threadsOfThisRun() {
        if (live.stream().anyMatch(task -> task.goroutine == null && task.thread == null)) {
            removeEndedPlainThreads();
        }
        return live.stream()
                .filter(task -> task.goroutine == null && task.thread != null)
                .map(task -> Objects.requireNonNull(task.thread));
    }

    /// Finds the thread of each plain task. Removes tasks without a thread, which have ended.
    final void removeEndedPlainThreads() {
        if (plainCount > 0) {
            IdentityHashMap<Runnable, Thread> threads = new IdentityHashMap<>();
            plainThreads().forEach(thread -> threads.put(turnOf(thread), thread));
            live.stream().filter(task -> task.goroutine == null).forEach(task -> task.thread = threads.get(task.turn));
            live.removeIf(task -> task.goroutine == null && task.thread == null);
        }
    }

    /// Returns the threads of goroutines, and the plain virtual threads.
    final Stream<Thread> threads() {
        return Stream.concat(
                live.stream()
                        .flatMap(task -> task.goroutine == null ? Stream.empty() : Stream.of(task.goroutine.thread())),
                plainCount > 0 ? threadsOfThisRun() : Stream.empty());
    }

    /// Returns whether a goroutine waits for something outside of Gofer, and one of `threads` could wake it.
    final boolean canBeWokenBy(Stream<Thread> threads) {
        return live.stream()
                        .anyMatch(task -> task != waiter && task.goroutine != null && waitsForExternal(task.goroutine))
                && threads.anyMatch(platform::mayWake);
    }

    /// Returns whether there are platform threads that did not exist when the world was created.
    final boolean hasNewThreads() {
        return platform.newThreads().anyMatch(platform::mayWake);
    }

    /// Returns whether a thread waits for a monitor, or was woken a moment ago.
    final boolean isAnyEntering() {
        return threads()
                .map(Thread::getState)
                .anyMatch(state -> state == Thread.State.BLOCKED || state == Thread.State.RUNNABLE);
    }

    /// Returns whether all goroutines wait for monitors, or for platform threads that existed before the world.
    final boolean isWakeUpUnlikely() {
        for (Task task : live) {
            if (task.goroutine != null
                    && task.entering == null
                    && task.goroutine.thread().getState() != Thread.State.BLOCKED
                    && waitsForOutside(task.goroutine.thread())) {
                return false;
            }
        }
        return !canBeWokenBy(platform.newThreads());
    }

    /// Returns whether a task is ready. Taking the stack of a thread that is being woken also makes it ready.
    final boolean isAnyReady() {
        return live.stream().anyMatch(task -> task.ready);
    }

    /// Returns how long to wait for a wake-up from outside if no goroutine waits for something outside.
    final OutsideTimeout timeout() {
        if (mayBeEnteredFromOutside() || threads().anyMatch(thread -> mayBeWokenFromOutside(thread))) {
            return OutsideTimeout.POSSIBLE;
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
                ? OutsideTimeout.JDK_LOCK
                : external.stream().anyMatch(t -> isJoining(t)) ? OutsideTimeout.POSSIBLE : OutsideTimeout.UNLIKELY;
    }
}
