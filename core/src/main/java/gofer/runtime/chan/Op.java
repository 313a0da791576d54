package gofer.runtime.chan;

import gofer.runtime.park.Owned;
import gofer.runtime.park.QueuedSynchronizer;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitEdge;
import gofer.runtime.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The operation of one arm of a select: a receive from a channel, a send of a value, or another operation that waits
/// in a queue. A channel is its own receive.
///
/// The result is one object: for channels the value received, or a [ChanResult].
public interface Op extends Owned {

    /// Returns the object on which the operation is performed. Its short lock is held during [#isReady], [#perform] and
    /// [#join].
    QueuedSynchronizer target();

    /// Returns the place of the target in the order in which selects lock.
    long order();

    /// Returns whether the operation looks ready. Runs without the lock.
    boolean looksReady();

    /// Performs the operation if it need not wait; otherwise returns [ChanResult#NOT_READY]. Runs without the lock.
    Object attempt();

    /// Returns whether the operation is ready.
    boolean isReady();

    /// Performs the operation. Returns [ChanResult#NOT_READY] if it is not ready any more.
    Object perform();

    /// Adds `waiter` to the queue for the operation.
    void join(Waiter waiter);

    /// Returns the result of the operation, which another thread has completed for `waiter`.
    Object completed(Waiter waiter);

    /// Returns whether `other`, of the same select, waits in the same queue for the same thing.
    default boolean isSameKind(Op other) {
        return false;
    }

    /// Returns whether the operation is never ready.
    default boolean isNever() {
        return false;
    }

    /// Returns the waiter that [#perform] has served, and forgets it. The caller wakes it after it has released the lock.
    default @Nullable Waiter removePartner() {
        return null;
    }

    /// Returns when a sleeping select has to check the operation again; see [Sleeper.Deadline].
    default long deadline() {
        return Sleeper.NEVER;
    }

    /// Returns the same by the real clock.
    default long realDeadline() {
        return Sleeper.NEVER;
    }

    /// Returns whether the time that goroutines wait for the target is counted.
    default boolean isCounted() {
        return false;
    }

    /// Called at the end of a wait that began at `start`, if such waits are counted.
    default void waited(long start) {}

    /// Returns what a goroutine waits for in this operation.
    WaitEdge edge();
}
