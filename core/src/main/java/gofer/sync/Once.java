package gofer.sync;

import gofer.goroutine.Goexit;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.park.HappensBefore;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An object that runs exactly one action, once.
///
/// **Memory:** the return of the action happens before the return of every [#run].
///
/// **Go:** `sync.Once`, `OnceFunc`, `OnceValue`.
@CheckReturnValue
public final class Once {

    private final Mutex running = new Mutex();
    private volatile boolean done;

    /// Creates an instance that has not run anything.
    public Once() {}

    /// Runs `f` if this is the first call. Later calls never run their function; they wait until the first run has ended.
    ///
    /// If `f` throws or calls `goexit`, only the first caller is affected, and `f` counts as run. Calling `run` from
    /// within `f` waits forever. Throws [gofer.goroutine.InterruptException] if interrupted while waiting for the first
    /// run.
    public void run(Runnable f) {
        Objects.requireNonNull(f, "f");
        if (done) {
            HappensBefore.acquire(this);
            return;
        }
        try (var _ = running.lock()) {
            if (!done) {
                try {
                    f.run();
                } finally {
                    HappensBefore.release(this);
                    done = true;
                }
            }
        }
    }

    /// Returns a function that runs `f` on its first call. If `f` throws, every call throws the same exception. If `f`
    /// calls `goexit`, the first caller's goroutine ends, and every later call throws [IllegalStateException].
    public static Runnable func(Runnable f) {
        Objects.requireNonNull(f, "f");
        Supplier<Boolean> value =
                value(() -> {
                    f.run();
                    return true;
                });
        return () -> {
            var _ = value.get();
        };
    }

    /// Returns a function that calls `f` on its first call and always returns the result of that call. If `f` throws or
    /// calls `goexit`, it behaves as [#func].
    public static <T extends @Nullable Object> Supplier<T> value(Supplier<T> f) {
        return new Value<>(Objects.requireNonNull(f, "f"));
    }

    private static final class Value<T extends @Nullable Object> implements Supplier<T> {

        private final Once once = new Once();
        private @Nullable Supplier<T> f; // dropped once run; all three fields are written before `once` is done
        private @Nullable T value;
        private @Nullable Throwable thrown;

        Value(Supplier<T> f) {
            this.f = f;
        }

        @Override
        @SuppressWarnings("NullAway") // the value may be null if T allows it
        public T get() {
            if (once.done) { // after the first run, no lambda is allocated
                HappensBefore.acquire(once);
            } else {
                once.run(this::compute);
            }
            if (thrown != null) {
                throw Value.<RuntimeException>failure(thrown);
            }
            return value;
        }

        private void compute() {
            Supplier<T> computation = Objects.requireNonNull(f);
            f = null;
            try {
                value = computation.get();
            } catch (Goexit ended) {
                thrown = ended;
                throw ended;
            } catch (Throwable t) {
                thrown = t;
            }
        }

        /// Throws `t` unchecked. A supplier can throw a checked exception only by such a trick; every later call then
        /// throws it too.
        @SuppressWarnings("unchecked")
        private static <X extends Throwable> X failure(Throwable t) throws X {
            if (t instanceof Goexit) { // ends only the goroutine that called it
                throw new IllegalStateException("the function of a Once called goexit, and is not run again");
            }
            throw (X) t;
        }
    }
}
