package gofer.chan;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import org.jspecify.annotations.Nullable;

/// What a subscriber of a [Broadcast] has: a channel from which it receives the values. Close it when they are no
/// longer needed: the broadcast refers to it until then.
@CheckReturnValue
public final class Subscription<T> implements AutoCloseable {

    private final Broadcast<T> broadcast;
    private final Chan<T> chan;

    Subscription(Broadcast<T> broadcast, Chan<T> chan) {
        this.broadcast = broadcast;
        this.chan = chan;
    }

    /// Returns the channel of the values. It is closed when the broadcast or the subscription is.
    public RecvChan<T> chan() {
        return chan;
    }

    /// Returns how many values this subscriber has missed so far, because its buffer was full.
    ///
    /// Missed values come before those in the buffer. So if the number has changed since an earlier call, values are
    /// missing among those received since then, or right after them.
    public long missed() {
        World.point(SyncPoint.LOOK, chan.core);
        return chan.core.dropped();
    }

    /// Ends the subscription and closes the channel. Values that are still buffered can be received. Does nothing if the
    /// subscription has ended.
    @Override
    public void close() {
        broadcast.remove(this);
    }

    void receive(T value) {
        var _ =
                chan.core.send(
                        value, null); // no send waits; a subscriber that has closed its channel itself gets nothing
    }

    void end(@Nullable Throwable cause) {
        var _ = chan.core.close(cause);
    }
}
