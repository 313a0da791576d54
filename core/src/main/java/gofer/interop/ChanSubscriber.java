package gofer.interop;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.chan.Value;
import gofer.context.Context;
import gofer.goroutine.Body;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A subscriber whose values arrive on a channel.
///
/// The publisher's signals must not wait, so they put the values into `arrived`, whose buffer has room for all values
/// that may be outstanding. A goroutine forwards them to `out`, which has no buffer: when a send returns, a reader has
/// taken the value, and there is room for another one. The goroutine requests new values in batches of half the buffer.
final class ChanSubscriber<T> implements Flow.Subscriber<T> {

    /// Stands for the subscription after the end of the reader.
    private static final Flow.Subscription CANCELLED =
            new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            };

    private final int prefetch;
    private final Chan<T> arrived;
    private final Chan<T> out = Chan.make();
    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean(); // whether the publisher closed `arrived`

    ChanSubscriber(int prefetch) {
        this.prefetch = prefetch;
        arrived = Chan.make(prefetch);
    }

    RecvChan<T> out() {
        return out;
    }

    @Override
    public void onSubscribe(Flow.Subscription added) {
        if (subscription.compareAndSet(null, Objects.requireNonNull(added, "subscription"))) {
            added.request(prefetch);
        } else {
            added.cancel();
        }
    }

    @Override
    public void onNext(T value) {
        Objects.requireNonNull(value, "value");
        if (!ended.get() && !arrived.trySend(value)) {
            cancel();
            end(new IllegalStateException("the publisher sent more values than were requested"));
        }
    }

    @Override
    public void onError(Throwable thrown) {
        end(Objects.requireNonNull(thrown, "thrown"));
    }

    @Override
    public void onComplete() {
        end(null);
    }

    private void end(@Nullable Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            close(arrived, cause);
        }
    }

    /// Forwards the values until the publisher or `ctx` ends.
    void transfer(Context ctx) {
        int taken = 0;
        int batch = (prefetch + 1) / 2;
        while (arrived.recvOk(ctx) instanceof Value(var value)) {
            out.send(ctx, value);
            taken++;
            if (taken == batch) {
                taken = 0;
                Objects.requireNonNull(subscription.get()).request(batch);
            }
        }
    }

    /// Runs `transfer`, then closes the reader's channel.
    void forward(Body transfer) {
        Throwable cause;
        try {
            transfer.run();
            cause = arrived.cause().orElse(null);
        } catch (Throwable stopped) { // by the context, an interrupt or a carrier, or the publisher refuses a request
            cancel();
            cause = stopped;
        }
        close(out, cause);
    }

    private void cancel() {
        if (subscription.getAndSet(CANCELLED) instanceof Flow.Subscription live) {
            live.cancel();
        }
    }

    private static void close(Chan<?> chan, @Nullable Throwable cause) {
        if (cause == null) {
            chan.close();
        } else {
            chan.close(cause);
        }
    }
}
