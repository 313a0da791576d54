package gofer.diagnostics;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.park.HappensBefore;
import java.util.Objects;
import java.util.function.Consumer;

/// What a program tells the race detector, and learns from it; see `docs/races.md`.
///
/// The methods do nothing as long as no detector runs.
///
/// **Go:** the build tag `race`, and `runtime.RaceAcquire` and `runtime.RaceReleaseMerge`.
@CheckReturnValue
public final class Race {

    /// A data race.
    ///
    /// @param variable the variable, for example `Shop.total`
    /// @param text the report that is printed
    /// @param json the same as JSON
    public record Report(String variable, String text, String json) {}

    private Race() {}

    /// Returns whether a race detector runs: the agent was started with the option `race`, or an exploration has searched for
    /// races. A program can use it to do less, because the detector takes time.
    public static boolean enabled() {
        return HappensBefore.isRecorded();
    }

    /// Tells the detector that what the current thread has done happens before what a thread does after a later
    /// [#acquire] of the same object. For code that orders threads in a way that the detector does not see, such as native
    /// code. It does not order them itself.
    public static void release(Object object) {
        HappensBefore.release(Objects.requireNonNull(object, "object"));
    }

    /// Tells the detector that what was done before each earlier [#release] of the same object happens before what the current
    /// thread does from now on.
    public static void acquire(Object object) {
        HappensBefore.acquire(Objects.requireNonNull(object, "object"));
    }

    /// Calls `listener` for each race that is reported from now on, on the thread that made the later access, before that
    /// access. What the listener does is not checked for races. It should return soon. Has no effect on explorations, where a
    /// race is a fault.
    public static void onReport(Consumer<Report> listener) {
        Objects.requireNonNull(listener, "listener");
        HappensBefore.listen(report -> listener.accept(new Report(report[0], report[1], report[2])));
    }
}
