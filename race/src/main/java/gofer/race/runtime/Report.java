package gofer.race.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A data race: two accesses to the same variable, at least one of them a write, of which neither happens before the other.
///
/// @param variable the name of the variable, for example `Shop.total`, `element 7 of int[12]` or `ArrayList`
/// @param later the access that was about to be made when the race was found
/// @param earlier the other access
public record Report(String variable, Access later, Access earlier) {

    /// An access of a race.
    ///
    /// @param writes whether it is a write
    /// @param thread the name of the thread, for example `thread 31 "worker"`
    /// @param stack the stack of the thread, beginning with the access; only the first frame of the earlier access
    /// @param startedBy the name of the thread that started this one; null if unknown
    /// @param startedAt where this thread was started; empty if unknown
    public record Access(
            boolean writes,
            String thread,
            List<StackTraceElement> stack,
            @Nullable String startedBy,
            List<StackTraceElement> startedAt) {}

    /// Returns the text of several lines that is printed.
    @Override
    public String toString() {
        return ReportText.text(this, "");
    }
}
