package gofer.interop;

import gofer.Go;
import gofer.chan.RecvChan;
import gofer.context.Context;
import gofer.goroutine.Body;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import java.util.Objects;
import java.util.concurrent.Flow;

/// Channels as publishers of `java.util.concurrent.Flow`, and publishers as channels. With the adapters that other
/// libraries have for `Flow`, this connects channels to Reactor, RxJava, Mutiny, and Kotlin's flows.
///
/// A fast sender waits for a slow receiver in both directions: this is called back-pressure.
///
/// **Go:** has only channels.
@CheckReturnValue
public final class Publishers {

    private Publishers() {}

    /// Returns a publisher of the values of `chan`.
    ///
    /// {@snippet file="snippets/Streams.java" region="of"}
    ///
    /// Each subscriber has a goroutine, which receives a value from the channel only if the subscriber has requested
    /// one, and which calls all methods of the subscriber except `onSubscribe`. Several subscribers share the values:
    /// each value goes to one of them. When a subscriber cancels, its goroutine ends, and all values not yet received
    /// stay in the channel. A value that was already received when the subscriber cancels is still passed to it.
    ///
    /// When the channel is closed and drained, subscribers get `onComplete`, or `onError` with the [RecvChan#cause] of the
    /// close. A subscriber learns this when it requests a value more than there are. An exception that leaves a subscriber
    /// cancels its subscription and goes to the uncaught exception handler of the goroutine.
    ///
    /// In a bubble or an exploration, the subscription must be used there.
    ///
    /// **Memory:** the send of a value happens before the call of `onNext` for it.
    public static <T> Flow.Publisher<T> of(RecvChan<T> chan) {
        Objects.requireNonNull(chan, "chan");
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            var subscription = new ChanSubscription<>(chan);
            Body pump = Carriers.capture(() -> subscription.pump(subscriber)); // before a signal: it may throw
            CapturedBody signals = pump::run;
            subscriber.onSubscribe(subscription);
            Go.go(signals);
        };
    }

    /// Subscribes to `publisher`, and returns a channel of its values.
    ///
    /// {@snippet file="snippets/Streams.java" region="chan"}
    ///
    /// At most `prefetch` values are requested and not yet received from the channel. When the publisher completes, the
    /// channel is closed. When it fails, the channel is closed with the exception as its [RecvChan#cause], after the
    /// values that arrived before. So a `for` loop over the channel throws it, wrapped in a
    /// [gofer.chan.ChanClosedException].
    ///
    /// To stop reading before the end, cancel `ctx`. That cancels the subscription, drops values that were not received
    /// yet, and closes the channel with the cause of the context. A reader that stops without this leaves a goroutine
    /// behind.
    ///
    /// Throws what `publisher.subscribe` throws, and [IllegalArgumentException] if `prefetch` is less than 1. In a
    /// bubble or an exploration, the publisher must send its values there.
    ///
    /// **Memory:** the call of `onNext` for a value happens before the return of its receive.
    public static <T> RecvChan<T> chan(Context ctx, Flow.Publisher<? extends T> publisher, int prefetch) {
        Objects.requireNonNull(ctx, "ctx");
        Objects.requireNonNull(publisher, "publisher");
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch " + prefetch + " is less than 1");
        }
        var subscriber = new ChanSubscriber<T>(prefetch);
        Body transfer = Carriers.capture(() -> subscriber.transfer(ctx)); // before a signal: it may throw
        CapturedBody forwarding = () -> subscriber.forward(transfer);
        publisher.subscribe(subscriber);
        Go.go(forwarding);
        return subscriber.out();
    }
}
