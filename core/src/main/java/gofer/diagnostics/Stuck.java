package gofer.diagnostics;

import gofer.runtime.watch.Dump;
import java.time.Duration;
import java.util.List;

/// Goroutines, or other threads, that wait forever at the same place for the same kind of object.
///
/// @param kind `goroutine`, or `thread` for threads that are not goroutines
/// @param ids the ids of the goroutines or threads
/// @param state what they wait for, in Go's words: `chan receive`, for example
/// @param stack the program's stack, innermost frame first
/// @param waits the channels and locks that the first of them waits for, each with its state, where it was created, and
///     which goroutine holds it
/// @param createdAt where the goroutines were started; empty for other threads
/// @param time how long the first to wait has waited, to a quarter of a second
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

    /// Returns [#text].
    @Override
    public String toString() {
        return text;
    }
}
