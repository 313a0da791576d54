package gofer.chan;

import gofer.goroutine.InterruptException;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.lock.MutexCore;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends each value to all subscribers. On a channel, only one receiver gets a value.
///
/// {@snippet file="snippets/News.java" region="broadcast"}
///
/// A send never waits for a subscriber. A subscriber that has not received a value by the time its buffer is full loses the
/// oldest values, and [Subscription#missed] counts them. Without subscribers, a value is dropped.
///
/// All subscribers get the values in the same order.
///
/// **Memory:** a send happens before each receive of its value.
///
/// **Go:** has none. tokio has `broadcast`, Kotlin has `SharedFlow`.
@CheckReturnValue
public final class Broadcast<T> {

    private final MutexCore lock = new MutexCore(); // held for a whole send, so that all subscribers see one order
    private final Set<Subscription<T>> subscribers =
            new LinkedHashSet<>(); // guarded by the lock, like the next two fields
    private boolean closed;
    private @Nullable Throwable cause; // of the close

    /// Creates a broadcast without subscribers.
    public Broadcast() {}

    /// Subscribes to the values that are sent from now on. The subscriber can lag behind by `capacity` values, which may be
    /// [Chan#UNBOUNDED], before it misses any. Throws [IllegalArgumentException] if `capacity` is less than 1.
    ///
    /// If the broadcast is closed, the channel of the result is closed, too. Throws [InterruptException] if interrupted
    /// while another goroutine sends.
    public Subscription<T> subscribe(int capacity) {
        Chan<T> chan = Chan.make(capacity, Overflow.DROP_OLDEST);
        var added = new Subscription<>(this, chan);
        lock.lock(null);
        try {
            if (closed) {
                chan.closeBecause(cause);
            } else {
                subscribers.add(added);
            }
        } finally {
            lock.unlock();
        }
        return added;
    }

    /// Sends `value` to all subscribers. Throws [ChanClosedException] if the broadcast is closed.
    ///
    /// Waits while another goroutine sends, which is a moment. Throws [InterruptException] if interrupted in that
    /// time; then nothing has been sent.
    public void send(T value) {
        T sent = Chan.notNull(value);
        lock.lock(null);
        try {
            if (closed) {
                throw new ChanClosedException("send on closed broadcast", cause);
            }
            for (Subscription<T> subscriber : subscribers) {
                subscriber.receive(sent);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Closes the channels of all subscribers. They first get the values that are still buffered. Throws
    /// [ChanClosedException] if the broadcast is already closed.
    public void close() {
        closeBecause(null);
    }

    /// Closes the channels of all subscribers because of a failure; see [SendChan#close(Throwable)].
    public void close(Throwable cause) {
        closeBecause(Objects.requireNonNull(cause, "cause"));
    }

    private void closeBecause(@Nullable Throwable cause) {
        boolean interrupted = lockUninterruptibly();
        try {
            if (closed) {
                throw new ChanClosedException("close of closed broadcast", this.cause);
            }
            closed = true;
            this.cause = cause;
            subscribers.forEach(subscriber -> subscriber.end(cause));
            subscribers.clear();
        } finally {
            unlock(interrupted);
        }
    }

    /// Returns the number of subscribers. It is a snapshot.
    public int subscribers() {
        boolean interrupted = lockUninterruptibly();
        try {
            return subscribers.size();
        } finally {
            unlock(interrupted);
        }
    }

    /// Does not respond to an interrupt, because an interrupted goroutine has to end its subscription, too.
    void remove(Subscription<T> subscriber) {
        boolean interrupted = lockUninterruptibly();
        try {
            if (subscribers.remove(subscriber)) {
                subscriber.end(null);
            }
        } finally {
            unlock(interrupted);
        }
    }

    /// Returns what [#unlock] needs: whether the thread was interrupted while it waited.
    private boolean lockUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                lock.lock(null);
                return interrupted;
            } catch (InterruptException _) {
                interrupted = Thread.interrupted();
            }
        }
    }

    private void unlock(boolean interrupted) {
        lock.unlock();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
