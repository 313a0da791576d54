package gofer.sync;

import gofer.goroutine.Goexit;
import gofer.runtime.annotation.CheckReturnValue;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one action, once.
///
/// **Memory:** the return of the action happens before the return of every [#run].
///
/// **Go:** `sync.Once`, `OnceFunc`, `OnceValue`.
@CheckReturnValue
public final class Once {

    private final Mutex running = new Mutex();
    private volatile boolean done;

    /// One that has not run anything.
    public Once() {}

    /// Runs `f` if this is the first call; later calls wait until that run is over, whatever their function.
    ///
    /// If `f` throws or calls `goexit`, that is the first caller's affair, and it counts as run. To call `run` from `f` is to wait for
    /// ever. Throws [gofer.goroutine.InterruptException] if interrupted while it waits for another caller's run.
    public void run(Runnable f) {
        Objects.requireNonNull(f, "f");
        if (done) {
            return;
        }
        try (var _ = running.lock()) {
            if (!done) {
                try {
                    f.run();
                } finally {
                    done = true;
                }
            }
        }
    }

    /// A function that runs `f` when it is first called. If `f` throws, every call throws that. If it calls `goexit`, the
    /// first caller ends, and every later call throws [IllegalStateException].
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

    /// A function that returns what `f` returned when it was first called. If `f` throws or calls `goexit`: as for [#func].
    public static <T extends @Nullable Object> Supplier<T> value(Supplier<T> f) {
        return new Value<>(Objects.requireNonNull(f, "f"));
    }

    private static final class Value<T extends @Nullable Object> implements Supplier<T> {

        private final Once once = new Once();
        private @Nullable Supplier<T> f; // dropped once run; these are written before `once` is done
        private @Nullable T value;
        private @Nullable Throwable thrown;

        Value(Supplier<T> f) {
            this.f = f;
        }

        @Override
        @SuppressWarnings("NullAway") // the value may be null if T allows it
        public T get() {
            if (!once.done) { // makes no object later
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

        /// A supplier throws nothing checked, unless by a trick such as this: then so does every call.
        @SuppressWarnings("unchecked")
        private static <X extends Throwable> X failure(Throwable t) throws X {
            if (t instanceof Goexit) { // ends nobody but the goroutine that called it
                throw new IllegalStateException("the function of a Once called goexit, and is not run again");
            }
            throw (X) t;
        }
    }
}
