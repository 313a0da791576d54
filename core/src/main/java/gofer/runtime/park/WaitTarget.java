package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goroutines wait for, as dumps show it.
public interface WaitTarget extends Awaited {

    /// `chan`, `mutex` and so on.
    String kind();

    /// Tells it from others of its kind.
    default String label() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    /// What the program calls it; empty if it has no name.
    default String name() {
        return "";
    }

    /// `chan 7 "jobs"`, for example.
    default String title() {
        return kind() + ' ' + label() + (name().isEmpty() ? "" : " \"" + name() + '"');
    }

    /// Where in the program it was made; null if that was not noted.
    @Nullable StackTraceElement site();

    /// What state it is in, each number and flag by its name: a snapshot, taken without a lock.
    Map<String, Object> facts();

    /// The ids of the threads that have to let go of it before one that waits for `reason` can go on, each by its lower
    /// half; empty if there is none or if they are not known: a snapshot.
    default List<Long> blockers(WaitReason reason) {
        return List.of();
    }

    @Override
    default List<WaitEdge> waits(WaitReason reason) {
        return List.of(new WaitEdge("for", this, blockers(reason)));
    }
}
