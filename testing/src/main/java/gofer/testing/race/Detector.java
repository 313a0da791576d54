package gofer.testing.race;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A detector of data races in one run. It is exact: it reports a race if and only if the run has two accesses that the edges do
/// not order. Only one thread at a time may use it.
///
/// The algorithm is that of [FastTrack](https://doi.org/10.1145/1543135.1542490): a vector clock for each thread and each object
/// that orders threads, and for each variable its last write and the reads since then.
public final class Detector {

    private final IdentityHashMap<Object, Map<Object, VectorClock>> released =
            new IdentityHashMap<>(); // by object and part
    private final IdentityHashMap<Object, Map<Object, Variable>> variables =
            new IdentityHashMap<>(); // by object and member
    private final boolean keepsStacks;
    private int strands;
    private int size; // see size()

    /// Creates a detector for a run that has not begun.
    ///
    /// @param keepsStacks whether to keep the stack trace of each access and the locks, which costs much memory
    public Detector(boolean keepsStacks) {
        this.keepsStacks = keepsStacks;
    }

    /// Returns the size of all variables and clocks, in units of some 200 bytes. A clock has a time for each strand.
    public int size() {
        return size;
    }

    /// Returns the strand of a thread that is about to start. What `starter` has done so far happens before it.
    ///
    /// @param starter null if the thread was not started by a thread of the run
    public Strand start(@Nullable Strand starter, Object thread) {
        var started = new Strand(strands++, thread);
        size += 1 + strands / 50;
        if (starter != null) {
            started.clock.join(starter.clock);
            starter.clock.tick(starter.index);
            starter.edges++;
        }
        return started;
    }

    /// Records that what `strand` has done so far happens before the next [#acquire] of the same part of `object`.
    public void release(Strand strand, Object object, Object part) {
        clock(object, part).join(strand.clock);
        strand.clock.tick(strand.index);
        strand.edges++;
    }

    /// Records that what was released on this part of `object` happens before what `strand` does next.
    public void acquire(Strand strand, Object object, Object part) {
        VectorClock clock = released.getOrDefault(object, Map.of()).get(part);
        if (clock != null) {
            strand.clock.join(clock);
            strand.edges++;
        }
    }

    /// Records that what was released on part 0 of `from` also happens before an acquire of a part of `to`.
    public void pass(Object from, Object to, Object part) {
        VectorClock clock = released.getOrDefault(from, Map.of()).get(0);
        if (clock != null) {
            clock(to, part).join(clock);
        }
    }

    /// Records that all of `ended`, which does nothing more, happens before what `strand` does next.
    public void join(Strand strand, Strand ended) {
        strand.clock.join(ended.clock);
        strand.edges++;
    }

    /// Records an access to a member of `object`. Returns the race that it is in, or null.
    public @Nullable Race access(Strand strand, Object object, Object member, boolean writes) {
        Variable variable = variable(object, member);
        return variable.isRepeated(strand, writes) ? null : variable.add(now(strand, writes));
    }

    /// Returns an access that `strand` makes now.
    public MemoryAccess now(Strand strand, boolean writes) {
        return keepsStacks
                ? new MemoryAccess(strand, strand.time(), writes, new Throwable(), strand.locks())
                : new MemoryAccess(strand, strand.time(), writes, null, List.of());
    }

    /// Does the same for an access that is made now, which may be to several members.
    public @Nullable Race access(MemoryAccess now, Object object, Object member) {
        Variable variable = variable(object, member);
        return variable.isRepeated(now.strand(), now.writes()) ? null : variable.add(now);
    }

    private Variable variable(Object object, Object member) {
        return variables.computeIfAbsent(object, _ -> new HashMap<>()).computeIfAbsent(member, _ -> newVariable());
    }

    private Variable newVariable() {
        size++;
        return new Variable();
    }

    private VectorClock newClock() {
        size += 1 + strands / 50;
        return new VectorClock();
    }

    private VectorClock clock(Object object, Object part) {
        return released.computeIfAbsent(object, _ -> new HashMap<>(2)).computeIfAbsent(part, _ -> newClock());
    }
}
