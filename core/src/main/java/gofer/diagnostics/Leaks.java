package gofer.diagnostics;

import gofer.goroutine.Body;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.watch.LeakScope;
import gofer.runtime.watch.LeakSearch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Finds goroutines that wait for ever because nothing that can still run reaches what they wait for.
///
/// {@snippet file="snippets/Leak.java" region="leak"}
///
/// The garbage collector decides, so there is no false alarm: a goroutine that another goroutine, a thread, a timer or a
/// static field could wake, or a finalizer or a cleaner, or whose handle somebody has, is never listed. It may take a while until one is: as long as a
/// variable refers to the channel, somebody could still use it.
///
/// What is found is gone, and its memory is free; its `finally` blocks never run. Dumps go on to show it, as `(leaked)`, and
/// `numGoroutine` to count it.
///
/// **Go:** the profile `goroutineleak` of `runtime/pprof`.
@CheckReturnValue
public final class Leaks {

    private Leaks() {}

    /// Those that have leaked by now, since the start of the program. Collects garbage, twice or three times, and takes a look
    /// at every goroutine: 10 microseconds for each that waits. Dumps and other searches wait meanwhile.
    ///
    /// Throws [UnsupportedOperationException] on the JDK's scheduler, which keeps all virtual threads alive, or if the JVM
    /// does not collect on request, or is stuck in a finalizer.
    public static List<Stuck> find() {
        return Stuck.of(LeakSearch.find());
    }

    /// Runs `block`, and throws an [AssertionError] that shows them if goroutines leak that it, or one that it started,
    /// has started: for tests. What else runs in the process does not matter.
    ///
    /// The block runs in a goroutine of its own; whatever it throws is thrown. Goroutines that are still awake when it is
    /// over get 10 seconds to end or to wait for something. On the JDK's scheduler it can only be guessed who leaks: those
    /// that still wait a second later.
    ///
    /// A channel that the block shares with code around it is still in use for all the JVM knows: who waits for that has
    /// not leaked.
    public static void assertNone(Body block) throws Exception {
        List<Stuck> leaks = Stuck.of(LeakScope.leaksOf(Objects.requireNonNull(block, "block")));
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    (Scheduling.isOurs() ? "leaked" : "leaked, probably: still waiting after a second")
                            + leaks.stream().map(Stuck::text).collect(Collectors.joining("\n", ":\n\n", "")));
        }
    }

    /// A guess, for the JDK's scheduler: those that have waited for `time` or longer, sleepers and I/O excepted. Many of
    /// them may have good reason to. Threads that are no goroutines are listed too, if they wait for a channel, a lock or
    /// something else of Gofer's: about those a guess is all there is, on either scheduler.
    public static List<Stuck> suspects(Duration time) {
        Objects.requireNonNull(time, "time");
        return Goroutines.look(() -> Stuck.of(LeakSearch.suspects(time)));
    }
}
