package gofer.race.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows what happens before what in a trace, by the definition.
final class Oracle {

    private final List<BitSet> before = new ArrayList<>(); // for each event, the events that happen before it
    private final Map<Object, Integer> last = new HashMap<>(); // the last event of each thread
    private final Map<Object, Set<Integer>> released = new HashMap<>(); // the releases of each part of each object
    private final Map<Object, List<Access>> accesses = new HashMap<>(); // by variable

    private final Set<Object> racy = new HashSet<>(); // the variables that had a race

    private record Access(int event, boolean writes) {}

    /// Adds an event of a thread, and returns its number.
    private int event(Object thread, @Nullable Set<Integer> sources) {
        var known = new BitSet();
        Integer previous = last.get(thread);
        if (previous != null) {
            addAllUpTo(known, previous);
        }
        if (sources != null) {
            for (int source : sources) {
                addAllUpTo(known, source);
            }
        }
        before.add(known);
        last.put(thread, before.size() - 1);
        return before.size() - 1;
    }

    private void addAllUpTo(BitSet known, int event) {
        known.or(before.get(event));
        known.set(event);
    }

    void release(Object thread, Object part) {
        released.computeIfAbsent(part, _ -> new HashSet<>()).add(event(thread, null));
    }

    void acquire(Object thread, Object part) {
        event(thread, released.get(part));
    }

    void pass(Object from, Object to) {
        released.computeIfAbsent(to, _ -> new HashSet<>()).addAll(released.getOrDefault(from, Set.of()));
    }

    int access(Object thread) {
        return event(thread, null);
    }

    /// Adds an access to a variable. Returns whether the variable has no race before it.
    ///
    /// @param event of the access, which may be to several variables
    /// @param races receives the accesses with which it is in a race
    boolean add(int event, Object variable, boolean writes, Set<Integer> races) {
        boolean isFirst = racy.add(variable);
        boolean inRace = false;
        List<Access> earlier = accesses.computeIfAbsent(variable, _ -> new ArrayList<>());
        for (Access access : earlier) {
            if ((access.writes || writes) && access.event != event && !before.get(event).get(access.event)) {
                races.add(access.event);
                inRace = true;
            }
        }
        earlier.add(new Access(event, writes));
        if (!inRace && isFirst) {
            racy.remove(variable);
        }
        return isFirst;
    }
}
