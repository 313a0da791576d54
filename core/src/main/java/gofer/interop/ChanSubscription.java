package gofer.interop;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.Received;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.context.CanceledException;
import gofer.context.Context;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/// The subscription of one subscriber to the values of a channel.
///
/// A goroutine, the pump, sends all signals but the first, so they are serial, and `request` inside `onNext` does not
/// recurse. The pump receives from the channel only while the demand is above zero. It waits for the demand and for the
/// channel with a context as the way to stop: `cancel` cancels that context, and so does an invalid `request`, with the
/// exception for the subscriber as the cause. The first of the two wins. The subscription does not refer to the
/// subscriber: only the pump does.
final class ChanSubscription<T> implements Flow.Subscription {

    private final RecvChan<T> chan;
    private final CancelContext stop = Context.background().withCancel();
    private final AtomicLong demand = new AtomicLong(); // the values requested and not yet received from the channel
    private final Chan<Boolean> more = Chan.make(1); // has a value if the demand has grown since the pump last looked

    ChanSubscription(RecvChan<T> chan) {
        this.chan = chan;
    }

    @Override
    public void request(long n) {
        if (n < 1) {
            stop.cancel(new IllegalArgumentException("request of " + n + " values: rule 3.9 requires at least 1"));
            return;
        }
        demand.getAndUpdate(sum -> sum > Long.MAX_VALUE - n ? Long.MAX_VALUE : sum + n);
        var _ = more.trySend(true); // a full buffer wakes the pump as well
    }

    @Override
    public void cancel() {
        stop.cancel();
    }

    /// Sends the values of the channel to `subscriber` until one of the two ends.
    void pump(Flow.Subscriber<? super T> subscriber) {
        try (stop) {
            while (true) {
                Received<T> next;
                try {
                    next = next();
                } catch (CanceledException _) {
                    return;
                } catch (IllegalArgumentException invalid) {
                    subscriber.onError(invalid);
                    return;
                }
                switch (next) {
                    case Value(var value) -> subscriber.onNext(value);
                    case Closed() -> {
                        chan.cause().ifPresentOrElse(subscriber::onError, subscriber::onComplete);
                        return;
                    }
                }
            }
        }
    }

    /// Waits for demand, then receives. Throws the cause of the stop.
    private Received<T> next() {
        while (demand.get() == 0) {
            more.recv(stop);
        }
        Received<T> received = chan.recvOk(stop);
        demand.decrementAndGet();
        return received;
    }
}
