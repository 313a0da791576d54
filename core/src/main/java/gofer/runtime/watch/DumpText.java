package gofer.runtime.watch;

import gofer.runtime.base.Frames;
import gofer.runtime.base.IdRanges;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Party;
import gofer.runtime.park.WaitEdge;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a dump as text in the style of Go: a paragraph for each group of goroutines that do the same.
final class DumpText {

    /// The maximum number of blockers, or of threads in a group, that are named.
    private static final int MAX_NAMES = 10;

    private final StringBuilder out;
    private final Map<Long, Blocker> blockers;
    private final boolean numbered;

    DumpText(StringBuilder out, Map<Long, Blocker> blockers) {
        this(out, blockers, false);
    }

    /// @param numbered whether threads that are not goroutines are identified by number, too
    DumpText(StringBuilder out, Map<Long, Blocker> blockers, boolean numbered) {
        this.out = out;
        this.blockers = blockers;
        this.numbered = numbered;
    }

    /// Appends the current thread, which is `current` if it is a goroutine.
    DumpText appendCaller(@Nullable G current) {
        Thread thread = Thread.currentThread();
        out.append(Party.of(thread)).append(" [running]:\n");
        appendFrames(Frames.ofProgram(List.of(thread.getStackTrace())));
        if (current != null) {
            out.append(current.creation());
        }
        return this;
    }

    void append(Collection<DumpGroup> groups) {
        for (DumpGroup group : groups) {
            if (!out.isEmpty()) {
                out.append('\n');
            }
            append(group);
        }
    }

    private void append(DumpGroup group) {
        out.append(head(group)).append(" [").append(group.state()).append(time(group)).append("]:\n");
        appendFrames(group.frames());
        for (WaitEdge wait : group.waits()) {
            out.append('\t')
                    .append(group.sameWaits() ? "waits " : "one of them waits ")
                    .append(text(wait, blockers))
                    .append('\n');
        }
        for (String monitor : group.held()) {
            out.append(group.sameHeld() ? "\tholds monitor " : "\tone of them holds monitor ")
                    .append(monitor)
                    .append('\n');
        }
        if (!group.creation().isEmpty()) {
            out.append(group.creation()).append('\n');
        }
    }

    private void appendFrames(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            out.append("\tat ").append(frame).append('\n');
        }
    }

    /// Returns `goroutine 7 "name"`, or `3 goroutines "name" (7-8, 11)`, or `thread "http-1"`, or
    /// `2 threads "http-1", "http-2"`.
    private String head(DumpGroup group) {
        List<Long> ids = group.ids();
        String many = ids.size() + " " + group.kind() + "s";
        if (!numbered
                && !group.isOfGoroutines()
                && (ids.size() == 1 || !group.sameName())
                && !group.names().contains("")) {
            return (ids.size() == 1 ? group.kind() : many)
                    + ' '
                    + list(group.names().stream().map(DumpText::quoted).toList());
        }
        String name = group.sameName() && !group.name().isEmpty() ? ' ' + quoted(group.name()) : "";
        return ids.size() == 1
                ? group.kind() + ' ' + ids.getFirst() + name
                : many + name + " (" + IdRanges.text(ids) + ')';
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    /// Returns the first elements, and the number of the others.
    private static String list(List<String> all) {
        String first = all.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return all.size() > MAX_NAMES ? first + " and " + (all.size() - MAX_NAMES) + " more" : first;
    }

    /// Returns how long the goroutines have waited; empty within the first second.
    private static String time(DumpGroup group) {
        String shortest = text(group.shortest());
        String longest = text(group.longest());
        if (longest.isEmpty()) {
            return "";
        }
        return ", "
                + (shortest.equals(longest) ? "" : (shortest.isEmpty() ? "0 seconds" : shortest) + " to ")
                + longest;
    }

    private static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds == 0 ? "" : seconds < 60 ? seconds + " seconds" : seconds / 60 + " minutes";
    }

    /// Returns for example:
    /// `for mutex 605a5db6 (locked, waiting 1), made at Main.main(Main.java:5), blocked by goroutine 2`.
    static String text(WaitEdge wait, Map<Long, Blocker> blockers) {
        StringBuilder text = new StringBuilder(wait.purpose() + ' ' + wait.target().title());
        String facts =
                wait.target().facts().entrySet().stream()
                        .filter(fact -> fact.getValue() != Boolean.FALSE)
                        .map(fact -> fact.getKey() + (fact.getValue() == Boolean.TRUE ? "" : " " + fact.getValue()))
                        .collect(Collectors.joining(", "));
        if (!facts.isEmpty()) {
            text.append(" (").append(facts).append(')');
        }
        if (wait.target().site() != null) {
            text.append(", made at ").append(wait.target().site());
        }
        List<Blocker> known = Blocker.of(wait, blockers);
        if (!known.isEmpty()) {
            text.append(", blocked by ").append(list(known.stream().map(Blocker::text).toList()));
        }
        return text.toString();
    }
}
