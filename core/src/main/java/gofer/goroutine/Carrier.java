package gofer.goroutine;

import gofer.runtime.annotation.CheckReturnValue;
import org.jspecify.annotations.Nullable;

/// Carries context, such as a trace id or the current user, from the code that starts a goroutine into the goroutine.
/// `Go.carry` registers a carrier.
///
/// {@snippet file="snippets/Carry.java" region="carry"}
///
/// A new goroutine has no values of thread-locals, except inheritable ones, and no bindings of scoped values. A carrier
/// changes that. [#of(ThreadLocal...)] and [#of(ScopedValue...)] carry the variables that the program names. To carry
/// the context of a library, implement [#capture].
///
/// Each call that starts a goroutine first calls [#capture] in the thread of the caller. The new goroutine then runs
/// its body within the snapshot. A goroutine that starts another one captures again, so the context travels on. For a
/// function that runs later, such as that of `Go.afterFunc` or a task in the queue of an executor, capture is called
/// when the function is registered, not when the goroutine starts.
///
/// **Go:** Go has no context of a goroutine. Go programs pass a `context.Context`.
@FunctionalInterface
@CheckReturnValue
public interface Carrier {

    /// The context at the start of a goroutine.
    @FunctionalInterface
    interface Snapshot {

        /// Establishes the context in the current goroutine, runs `body`, and removes the context.
        ///
        /// It must run the body exactly once, in the current thread. If it does not, the goroutine throws an
        /// [IllegalStateException]. It should throw what the body throws, which includes the [Error] that `Go.goexit`
        /// throws. If it keeps an exception of the body, the goroutine throws that exception nevertheless.
        ///
        /// Several goroutines may run the same snapshot at the same time: the function of an alarm that is reset can
        /// run more than once.
        void run(Body body) throws Throwable;
    }

    /// A registered carrier, as returned by `Go.carry`.
    @FunctionalInterface
    interface Registration extends AutoCloseable {

        /// Removes the carrier. Goroutines that were started before keep their context. A call after the first has no
        /// effect. Throws [UnsupportedOperationException] in a bubble or an exploration.
        @Override
        void close();
    }

    /// Returns the current context of the calling thread, or null if there is nothing to carry.
    ///
    /// Called for each start of a goroutine, sometimes with locks held, so it must be fast. It must not wait, and must not
    /// start a goroutine, which would call it again. If it throws, the call that starts the goroutine throws the same
    /// exception, and starts nothing.
    @Nullable Snapshot capture();

    /// Returns a carrier of the values of `locals`. It skips those whose value is null. After the body, it removes the
    /// values.
    ///
    /// Starter and goroutine then share the same object. It calls [ThreadLocal#get], which creates an initial value if
    /// the thread-local has one.
    static Carrier of(ThreadLocal<?>... locals) {
        return ThreadLocalCarrier.of(locals);
    }

    /// Returns a carrier of the bindings of `values`. It skips those that are not bound.
    static Carrier of(ScopedValue<?>... values) {
        return ScopedValueCarrier.of(values);
    }
}
