package gofer.interop;

import gofer.Go;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.goroutine.FatalError;
import gofer.goroutine.Goexit;
import gofer.group.Task;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Futures as channels, and goroutines as futures.
///
/// {@snippet file="snippets/FutureArms.java" region="chan"}
///
/// **Go:** has no futures. A goroutine that sends its result on a channel takes their place.
@CheckReturnValue
public final class Futures {

    private Futures() {}

    /// Returns a channel on which the result of `future` arrives, so that the future can be an arm of a select. The channel
    /// has one value, for one receiver. After the value, it is closed.
    ///
    /// If the result is null, the channel is closed without a value. If the future fails or is cancelled, the channel
    /// is closed with the exception as its [RecvChan#cause]. A [CompletionException] is replaced by its own cause.
    ///
    /// Each call adds one function to the future, which stays there until the future is done. So call this once for
    /// each future, and use the channel in as many selects as necessary: a select leaves nothing behind. In a bubble or
    /// an exploration, the future must be completed there, because nothing outside can use the channel: a goroutine
    /// then reports a [FatalError].
    ///
    /// For a plain [java.util.concurrent.Future], use `chan(go(ctx, _ -> future.get()))`.
    ///
    /// **Memory:** the completion of the future happens before the return of a receive from the channel.
    public static <T> RecvChan<T> chan(CompletionStage<? extends @Nullable T> future) {
        Objects.requireNonNull(future, "future");
        Chan<T> chan = Chan.make(1);
        var _ =
                future.whenComplete((value, thrown) -> {
                    try {
                        settle(chan, value, thrown);
                    } catch (FatalError refused) { // the channel belongs to a bubble; the future would drop the error
                        CapturedBody report =
                                () -> {
                                    throw refused;
                                };
                        Go.go(report);
                    }
                });
        return chan;
    }

    private static <T> void settle(Chan<T> chan, @Nullable T value, @Nullable Throwable thrown) {
        if (thrown != null) {
            chan.close(unwrapped(thrown));
            return;
        }
        if (value != null) {
            var _ = chan.trySend(value); // the buffer has room
        }
        chan.close();
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /// Does `work` in a new goroutine, and returns a future of its result.
    ///
    /// {@snippet file="snippets/FutureArms.java" region="go"}
    ///
    /// The work gets a context that is derived from `parent`. The context is cancelled as soon as the future is done,
    /// for whatever reason: [CompletableFuture#cancel], [CompletableFuture#orTimeout], or a value from elsewhere. That
    /// is the only way in which the future stops its work; the goroutine is not interrupted. If `parent` ends, the
    /// future is not cancelled by itself: the waits of the work throw the cause, which then usually fails the future.
    ///
    /// An exception that leaves the work fails the future. An [Error] does too, but it also goes at once to the
    /// uncaught exception handler of the goroutine, as in [gofer.group.ErrGroup]. If the work calls `goexit`, the
    /// future fails with an [IllegalStateException].
    ///
    /// **Memory:** this call happens before the work, and the end of the work happens before the return of `join` or `get`.
    public static <T extends @Nullable Object> CompletableFuture<T> go(Context parent, Task<? extends T> work) {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(work, "work");
        CompletableFuture<T> future = new CompletableFuture<>();
        CancelContext ctx = parent.withCancel();
        var _ = future.whenComplete((_, _) -> ctx.cancel());
        try {
            Callable<? extends T> carried = Carriers.captureCall(() -> work.run(ctx));
            Go.go(CapturedBody.of(work, new Running<>(future, carried)));
        } catch (Throwable refused) {
            ctx.cancel();
            throw refused;
        }
        return future;
    }

    private record Running<T extends @Nullable Object>(CompletableFuture<T> future, Callable<? extends T> work)
            implements CapturedBody {

        @Override
        public void run() {
            T result;
            try {
                result = work.call();
            } catch (Goexit ended) {
                future.completeExceptionally(new IllegalStateException("the work ended its goroutine by goexit"));
                throw ended;
            } catch (Error error) {
                future.completeExceptionally(error);
                throw error;
            } catch (Throwable failed) {
                future.completeExceptionally(failed);
                return;
            }
            future.complete(result);
        }
    }
}
