package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object that goroutines wait for, as dumps show it.
public interface WaitTarget extends Awaited {

    /// Returns the kind: `chan`, `mutex` and so on.
    String kind();

    /// Returns a text that distinguishes it from others of its kind.
    default String label() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    /// Returns the name that the program gave it; empty if it has none.
    default String name() {
        return "";
    }

    /// Returns for example `chan 7 "jobs"`.
    default String title() {
        return kind() + ' ' + label() + (name().isEmpty() ? "" : " \"" + name() + '"');
    }

    /// Returns where in the program it was created; null if that was not recorded.
    @Nullable StackTraceElement site();

    /// Returns its state, each number and flag by its name: a snapshot, taken without a lock.
    Map<String, Object> facts();

    /// Returns the threads that must release it before a wait for `reason` can continue, each by the lower half of its
    /// id. Empty if there are none or if they are not known. A snapshot.
    default List<Long> blockers(WaitReason reason) {
        return List.of();
    }

    /// Returns how many values it contains: a snapshot. Returns -1 if it is not a channel.
    default int len() {
        return -1;
    }

    /// Returns how many values it has room for; -1 if it is not a channel.
    default int cap() {
        return -1;
    }

    @Override
    default List<WaitEdge> waits(WaitReason reason) {
        return List.of(new WaitEdge("for", this, blockers(reason)));
    }
}
