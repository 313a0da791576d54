package gofer.runtime;

import gofer.goroutine.WaitReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goroutines wait for, as dumps show it.
sealed interface Waitable permits ChanCore, CondCore, Foreign, MutexCore, RWMutexCore, Snapshot, WaitGroupCore {

    /// `chan`, `mutex` and so on.
    String kind();

    /// Tells it from others of its kind.
    default String label() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    /// Where in the program it was made; null if that was not noted.
    @Nullable StackTraceElement site();

    /// What state it is in, each number and flag by its name: a snapshot, taken without a lock.
    Map<String, Object> facts();

    /// The id of the thread that has to let go of it before one that waits for `reason` can go on; 0 if there is none, if
    /// there are several, or if it is not known: a snapshot.
    default long blocker(WaitReason reason) {
        return 0;
    }
}
