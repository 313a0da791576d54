package gofer.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Goroutines that do the same: in the same state, with the same stack, waiting for things made at the same places, and
/// started at the same place.
final class DumpGroup {

    private final Sight first;
    private final List<Long> ids = new ArrayList<>();
    private boolean sameName = true;
    private boolean sameCreator = true;
    private boolean sameWaits = true;
    private Duration shortest;
    private Duration longest;

    /// The group to which `first` is yet to be added.
    DumpGroup(Sight first) {
        this.first = first;
        shortest = first.time();
        longest = first.time();
    }

    void add(Sight sight) {
        ids.add(sight.goroutine().id());
        sameName &= sight.goroutine().name().equals(name());
        sameCreator &= sight.goroutine().origin().creator() == origin().creator();
        sameWaits &= sight.waits().equals(waits());
        shortest = Collections.min(List.of(shortest, sight.time()));
        longest = Collections.max(List.of(longest, sight.time()));
    }

    List<Long> ids() {
        return ids;
    }

    /// That of the first.
    String name() {
        return first.goroutine().name();
    }

    boolean sameName() {
        return sameName;
    }

    String state() {
        return first.state();
    }

    /// The program's part of the stack.
    List<StackTraceElement> frames() {
        return Frames.ofProgram(first.stack());
    }

    /// Those of the first.
    List<Wait> waits() {
        return first.waits();
    }

    boolean sameWaits() {
        return sameWaits;
    }

    /// That of the first.
    Origin origin() {
        return first.goroutine().origin();
    }

    boolean sameCreator() {
        return sameCreator;
    }

    /// Whether it is the main goroutine, which nobody started.
    boolean isMain() {
        return ids.getFirst() == G.MAIN;
    }

    Duration shortest() {
        return shortest;
    }

    Duration longest() {
        return longest;
    }
}
