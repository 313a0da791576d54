package gofer.runtime.watch;

import gofer.runtime.goroutine.Party;
import gofer.runtime.park.WaitEdge;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A goroutine or other thread for which waiting goroutines wait, such as the holder of a lock.
///
/// @param isGoroutine whether it is a goroutine
/// @param id the id of the goroutine, or of the thread if it is not a goroutine
/// @param name its name; empty if it has none, or if the name is not known
/// @param text `goroutine 7 "name"`, or `thread "http-1"`
record Blocker(boolean isGoroutine, long id, String name, String text) {

    static Blocker of(Party party) {
        return new Blocker(party.origin() != null, party.id(), party.name(), party.toString());
    }

    /// Returns a blocker that was not found. If all live threads can be found, it has ended or has been
    /// garbage-collected.
    static Blocker unknown(long id) {
        return new Blocker(false, id, "", "thread " + id + (PlainThreads.areListed() ? ", which is gone" : ""));
    }

    /// Returns the blockers of `wait`. `all` maps ids of threads to blockers.
    static List<Blocker> of(WaitEdge wait, Map<Long, Blocker> all) {
        return wait.blockers().stream().map(all::get).filter(Objects::nonNull).toList();
    }
}
