package gofer.runtime.watch;

import gofer.runtime.goroutine.Party;
import gofer.runtime.park.WaitEdge;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A goroutine in whose way others wait, or a thread that is none.
///
/// @param isGoroutine whether it is one
/// @param id its id: of the goroutine, or else of the thread
/// @param name its name; empty if it has none, or if that is not known
/// @param text `goroutine 7 "name"`, or `thread "http-1"`
record Blocker(boolean isGoroutine, long id, String name, String text) {

    static Blocker of(Party party) {
        return new Blocker(party.origin() != null, party.id(), party.name(), party.toString());
    }

    /// One that is not found. If all that live can be, it does not: it has ended, or the garbage collector has taken it.
    static Blocker unknown(long id) {
        return new Blocker(false, id, "", "thread " + id + (PlainThreads.areListed() ? ", which is gone" : ""));
    }

    /// Those of `all`, by the ids of their threads, that are in the way of `wait`.
    static List<Blocker> of(WaitEdge wait, Map<Long, Blocker> all) {
        return wait.blockers().stream().map(all::get).filter(Objects::nonNull).toList();
    }
}
