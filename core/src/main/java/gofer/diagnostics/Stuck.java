package gofer.diagnostics;

import gofer.runtime.watch.Dump;
import java.time.Duration;
import java.util.List;

/// Goroutines that wait for ever, or other threads that do, all at the same place and for the same kind of thing.
///
/// @param kind `goroutine`, or `thread` for threads that are no goroutines
/// @param ids which
/// @param state what they wait for, in Go's words: `chan receive`, for example
/// @param stack where the program waits, innermost first
/// @param waits the channels and locks that the first of them waits for, with their state, where they were made, and which
///     goroutine is in the way
/// @param createdAt where they were started; empty for threads that are no goroutines
/// @param time for how long the first to wait has, to a quarter of a second
/// @param text all of this as a paragraph of a dump
public record Stuck(
        String kind,
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
                                group.kind(),
                                group.ids(),
                                group.state(),
                                group.frames(),
                                dump.waits(group),
                                group.createdAt(),
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
