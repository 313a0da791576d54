package gofer.runtime.watch;

import gofer.runtime.base.Frames;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.park.WaitEdge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goroutines that do the same: in the same state, with the same stack, waiting for things made at the same places, and
/// started at the same place. Or other threads that do. It keeps none of them alive.
public final class DumpGroup {

    private final String state;
    private final List<StackTraceElement> frames;
    private final @Nullable Origin origin; // null for threads that are no goroutines
    private final String name;
    private final List<String> names = new ArrayList<>(); // of threads that are no goroutines
    private final List<WaitEdge> waits;
    private final List<String> held;
    private final List<Long> ids = new ArrayList<>();
    private boolean sameName = true;
    private boolean sameCreator = true;
    private boolean sameWaits = true;
    private boolean sameHeld = true;
    private Duration shortest;
    private Duration longest;

    /// The group to which `first` is yet to be added.
    DumpGroup(GoroutineSnapshot first) {
        state = first.state();
        frames = Frames.ofProgram(first.stack());
        origin = first.origin();
        name = first.name();
        waits = first.waits().stream().map(wait -> wait.frozen(true)).toList();
        held = first.held();
        shortest = first.time();
        longest = first.time();
    }

    /// Adds one that is of the same kind as the first.
    void add(GoroutineSnapshot snapshot) {
        ids.add(snapshot.id());
        sameName &= snapshot.name().equals(name);
        if (snapshot.origin() instanceof Origin other && origin != null) {
            sameCreator &= other.creator() == origin.creator();
        } else {
            names.add(snapshot.name());
        }
        sameWaits &= isAlike(snapshot.waits());
        sameHeld &= snapshot.held().equals(held);
        shortest = shortest.compareTo(snapshot.time()) < 0 ? shortest : snapshot.time();
        longest = longest.compareTo(snapshot.time()) > 0 ? longest : snapshot.time();
    }

    private boolean isAlike(List<WaitEdge> others) {
        for (int i = 0; i < waits.size(); i++) {
            WaitEdge wait = waits.get(i);
            WaitEdge other = others.get(i);
            if (!wait.target().label().equals(other.target().label()) || !wait.blockers().equals(other.blockers())) {
                return false;
            }
        }
        return true;
    }

    /// `goroutine`, or `thread` for threads that are no goroutines.
    public String kind() {
        return origin == null ? "thread" : "goroutine";
    }

    boolean isOfGoroutines() {
        return origin != null;
    }

    /// Their ids, in order.
    public List<Long> ids() {
        return ids;
    }

    /// That of the first.
    public String name() {
        return name;
    }

    /// The name of each, if they are no goroutines: threads have names that tell them from each other.
    List<String> names() {
        return names;
    }

    boolean sameName() {
        return sameName;
    }

    /// What they wait for, in Go's words, or that they do not.
    public String state() {
        return state;
    }

    /// The program's part of the stack.
    public List<StackTraceElement> frames() {
        return frames;
    }

    /// Those of the first.
    List<WaitEdge> waits() {
        return waits;
    }

    boolean sameWaits() {
        return sameWaits;
    }

    /// The monitors of Java's that the first holds.
    List<String> held() {
        return held;
    }

    boolean sameHeld() {
        return sameHeld;
    }

    /// Where the program started them; empty if that is not known.
    public String createdAt() {
        return origin == null ? "" : origin.site().toString();
    }

    /// Who started them all; 0 if that is not a goroutine, or not the same one.
    long creator() {
        return origin != null && sameCreator ? origin.creator() : 0;
    }

    /// Who started them and where, as a line; empty for the main goroutine, which nobody started, and for threads that are no
    /// goroutines.
    String creation() {
        if (origin == null || isMain() || !origin.isKnown()) {
            return "";
        }
        return sameCreator ? origin.toString() : "created at " + createdAt();
    }

    boolean isMain() {
        return origin != null && ids.getFirst() == G.MAIN;
    }

    Duration shortest() {
        return shortest;
    }

    /// For how long the first to wait has.
    public Duration longest() {
        return longest;
    }
}
