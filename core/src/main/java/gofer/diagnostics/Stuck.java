package gofer.diagnostics;

import gofer.runtime.Dump;
import java.time.Duration;
import java.util.List;

/// Goroutines that wait for ever, all at the same place and for the same kind of thing.
///
/// @param ids which
/// @param state what they wait for, in Go's words: `chan receive`, for example
/// @param stack where the program waits, innermost first
/// @param waits the channels and locks that the first of them waits for, with their state, where they were made, and which
///     goroutine is in the way
/// @param createdAt where they were started
/// @param time for how long the first to wait has, to a quarter of a second
/// @param text all of this as a paragraph of a dump
public record Stuck(
        List<Long> ids,
        String state,
        List<StackTraceElement> stack,
        List<String> waits,
        String createdAt,
        Duration time,
        String text) {

    static List<Stuck> of(Dump dump) {
        return dump.groups().stream()
                .map(group ->
                        new Stuck(
                                group.ids(),
                                group.state(),
                                group.frames(),
                                dump.waits(group),
                                group.origin().site().toString(),
                                group.longest(),
                                dump.text(group)))
                .toList();
    }

    /// The paragraph.
    @Override
    public String toString() {
        return text;
    }
}
