package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// A function with a result, within what the carriers captured when this object was created. It is called once.
final class CarriedCall<T extends @Nullable Object> implements Callable<T> {

    private final Callable<T> work;
    private final Body body;
    private @Nullable T result; // used only by the thread of the call

    CarriedCall(Callable<T> work) {
        this.work = work;
        this.body = Carriers.capture(() -> result = work.call());
    }

    @Override
    @SuppressWarnings("NullAway") // after the work, the result is null only if T allows it
    public T call() throws Exception {
        try {
            body.run();
        } catch (Exception | Error thrown) {
            throw thrown;
        } catch (Throwable other) {
            throw new ExecutionException(other);
        }
        return result;
    }

    @Override
    public String toString() {
        return work.toString();
    }
}
