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

/// Detection of leaked goroutines: they wait forever, because nothing that can still run reaches what they wait for.
///
/// {@snippet file="snippets/Leak.java" region="leak"}
///
/// The garbage collector decides, so there are no false alarms. A goroutine is never listed while another goroutine, a
/// thread, a timer, a static field, a finalizer or a cleaner could wake it, or while its handle is reachable. It may
/// take a while until a leak is found: while a variable refers to the channel, it could still be used.
///
/// A leaked goroutine that was found is gone, and its memory is free. Its `finally` blocks never run. Dumps continue to
/// show it, as `(leaked)`, and `numGoroutine` continues to count it.
///
/// **Go:** the profile `goroutineleak` of `runtime/pprof`.
@CheckReturnValue
public final class Leaks {

    private Leaks() {}

    /// Returns the goroutines that have leaked since the start of the program. Collects garbage two or three times and
    /// inspects every goroutine, which takes about 10 microseconds for each that waits. Dumps and other searches wait
    /// until it is done.
    ///
    /// Throws [UnsupportedOperationException] on the JDK's scheduler, which keeps all virtual threads alive, and if the
    /// JVM does not collect garbage on request or is stuck in a finalizer.
    public static List<Stuck> find() {
        return Stuck.of(LeakSearch.find());
    }

    /// Runs `block` and throws an [AssertionError] if goroutines leak that it started, directly or indirectly. The
    /// message shows them. For tests. Other activity in the process does not matter.
    ///
    /// The block runs in its own goroutine, and this method throws whatever it throws. Goroutines that are still awake
    /// when the block ends get 10 seconds to end or to wait for something. On the JDK's scheduler leaks can only be
    /// guessed: goroutines that still wait a second later count as leaked.
    ///
    /// A channel that the block shares with the surrounding code is still in use as far as the JVM knows, so a
    /// goroutine that waits for it has not leaked.
    public static void assertNone(Body block) throws Exception {
        List<Stuck> leaks = Stuck.of(LeakScope.leaksOf(Objects.requireNonNull(block, "block")));
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    (Scheduling.isOurs() ? "leaked" : "leaked, probably: still waiting after a second")
                            + leaks.stream().map(Stuck::text).collect(Collectors.joining("\n", ":\n\n", "")));
        }
    }

    /// Returns a guess, for the JDK's scheduler: the goroutines that have waited for `time` or longer, except in sleeps
    /// and I/O. Many of them may have good reason to wait. Other threads are listed too if they wait for a channel, a
    /// lock or another Gofer object. For those there is only this guess, on either scheduler.
    public static List<Stuck> suspects(Duration time) {
        Objects.requireNonNull(time, "time");
        return Goroutines.inspect(() -> Stuck.of(LeakSearch.suspects(time)));
    }
}
