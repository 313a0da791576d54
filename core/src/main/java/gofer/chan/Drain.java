package gofer.chan;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An iterator that receives from a channel until it is closed and drained.
final class Drain<T> implements Iterator<T> {

    private final RecvChan<T> chan;
    private @Nullable Received<T> ahead; // received by hasNext, not yet returned by next

    Drain(RecvChan<T> chan) {
        this.chan = chan;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = chan.recvOk();
        }
        if (ahead instanceof Closed && chan instanceof Chan<T> made && made.core.cause() != null) {
            throw Chan.noValue(made.core);
        }
        return ahead instanceof Value;
    }

    @Override
    public T next() {
        if (hasNext() && ahead instanceof Value(var value)) {
            ahead = null;
            return value;
        }
        throw new NoSuchElementException("the channel is closed");
    }
}
