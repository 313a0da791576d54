package gofer.runtime.watch;

import gofer.runtime.base.Frames;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.park.WaitEdge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Goroutines, or other threads, that do the same: they have the same state and the same stack, wait for objects
/// created at the same places, and were started at the same place. The group keeps none of them alive.
public final class DumpGroup {

    private final String state;
    private final List<StackTraceElement> frames;
    private final @Nullable Origin origin; // null for threads that are not goroutines
    private final String name;
    private final List<String> names = new ArrayList<>(); // of threads that are not goroutines
    private final List<WaitEdge> waits;
    private final List<String> held;
    private final List<Long> ids = new ArrayList<>();
    private boolean sameName = true;
    private boolean sameCreator = true;
    private boolean sameWaits = true;
    private boolean sameHeld = true;
    private Duration shortest;
    private Duration longest;

    /// Creates an empty group for goroutines of the same kind as `first`, which is added separately.
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

    /// Adds a goroutine of the same kind as the first.
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

    /// Returns `goroutine`, or `thread` for threads that are not goroutines.
    public String kind() {
        return origin == null ? "thread" : "goroutine";
    }

    boolean isOfGoroutines() {
        return origin != null;
    }

    /// Returns the ids of the goroutines, in order.
    public List<Long> ids() {
        return ids;
    }

    /// Returns the name of the first goroutine.
    public String name() {
        return name;
    }

    /// Returns the name of each thread, if they are not goroutines. Names of threads usually differ.
    List<String> names() {
        return names;
    }

    boolean sameName() {
        return sameName;
    }

    /// Returns the state in Go's words: `runnable`, or what they wait for.
    public String state() {
        return state;
    }

    /// Returns the program's part of the stack.
    public List<StackTraceElement> frames() {
        return frames;
    }

    /// Returns the objects that the first goroutine waits for.
    List<WaitEdge> waits() {
        return waits;
    }

    boolean sameWaits() {
        return sameWaits;
    }

    /// Returns the Java monitors that the first goroutine holds.
    List<String> held() {
        return held;
    }

    boolean sameHeld() {
        return sameHeld;
    }

    /// Returns where the program started them; empty if that is not known.
    public String createdAt() {
        return origin == null ? "" : origin.site().toString();
    }

    /// Returns the id of the goroutine that started them; 0 if it was not a goroutine, or not always the same one.
    long creator() {
        return origin != null && sameCreator ? origin.creator() : 0;
    }

    /// Returns a line that says which goroutine started them, and where. Empty for the main goroutine, which the
    /// program did not start, and for threads that are not goroutines.
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

    /// Returns the longest time that one of them has waited.
    public Duration longest() {
        return longest;
    }
}
