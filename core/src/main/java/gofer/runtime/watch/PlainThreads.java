package gofer.runtime.watch;

import gofer.runtime.base.JdkHooks;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.goroutine.PlainThread;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.UnlistedSleepers;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/// The threads that are not goroutines: platform threads and virtual threads.
final class PlainThreads {

    private PlainThreads() {}

    /// Returns the threads that sleep in a Gofer wait, sorted by id.
    static List<PlainThread> asleep() {
        return Stream.concat(platform(), recordedSleepers())
                .map(PlainThread::new)
                .filter(thread -> thread.sleeper() != null)
                .sorted(Comparator.comparingLong(PlainThread::id))
                .toList();
    }

    /// Returns the recorded sleepers, without goroutines. A goroutine that has set its own exception handler is not
    /// recognized as a goroutine, so it is recorded too.
    private static Stream<Thread> recordedSleepers() {
        Set<Thread> threads = UnlistedSleepers.all().collect(Collectors.toSet());
        if (!threads.isEmpty()) {
            for (G g : Goroutines.inNoOrder()) {
                if (g.startedThread() instanceof Thread thread) {
                    threads.remove(thread);
                }
            }
        }
        return threads.stream();
    }

    /// Returns snapshots of the threads that sleep in a Gofer wait both before and after they are inspected.
    static Stream<GoroutineSnapshot> snapshots() {
        return snapshots(_ -> true);
    }

    /// Returns the same snapshots for the threads that `wanted` accepts.
    static Stream<GoroutineSnapshot> snapshots(Predicate<PlainThread> wanted) {
        return asleep().stream().filter(wanted).map(PlainThreads::snapshot).filter(Objects::nonNull);
    }

    private static @Nullable GoroutineSnapshot snapshot(PlainThread thread) {
        Sleeper sleeper = thread.sleeper();
        GoroutineSnapshot snapshot = GoroutineSnapshot.of(thread, true);
        return sleeper != null && sleeper == thread.sleeper() && snapshot.isWaiting() ? snapshot : null;
    }

    /// Returns all threads that can be found. The others are virtual threads that are awake, or that wait for something
    /// other than a Gofer object.
    static Stream<PlainThread> all() {
        return Stream.concat(Stream.concat(platform(), UnlistedSleepers.all()), tracked())
                .filter(thread -> !(thread.getUncaughtExceptionHandler() instanceof G))
                .map(PlainThread::new)
                .distinct();
    }

    /// Returns whether [#all] finds all threads.
    static boolean areListed() {
        return (JdkHooks.obstacle() == null || ThreadSnapshots.arePossible()) && ThreadContainers.trackAllThreads();
    }

    private static Stream<Thread> tracked() {
        if (JdkHooks.obstacle() == null) {
            return JdkHooks.trackedThreads();
        }
        return ThreadSnapshots.arePossible() ? virtual(ThreadContainers.root()) : Stream.empty();
    }

    private static Stream<Thread> virtual(ThreadContainer container) {
        Stream<Thread> own = container.threads().filter(Thread::isVirtual);
        return Stream.concat(own, container.children().flatMap(PlainThreads::virtual));
    }

    private static Stream<Thread> platform() {
        return ExternalThreads.platformThreads().stream();
    }
}
