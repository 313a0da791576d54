package gofer.group;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.goroutine.CapturedBody;
import gofer.runtime.goroutine.Carriers;
import gofer.runtime.park.World;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Suppression of duplicate work. Of several concurrent calls for the same key, one does the work and all get its
/// result.
///
/// {@snippet file="snippets/SharedWork.java" region="singleflight"}
///
/// Results are not cached: the next call does the work again.
///
/// **Memory:** the end of the work happens before the return of each call that shares it.
///
/// **Go:** `golang.org/x/sync/singleflight`.
@CheckReturnValue
public final class SingleFlight<K, V> {

    /// The result of the work.
    public static final class Result<V> {

        private final @Nullable V value;
        private final @Nullable Throwable thrown;
        private final boolean shared;

        private Result(@Nullable V value, @Nullable Throwable thrown, boolean shared) {
            this.value = value;
            this.thrown = thrown;
            this.shared = shared;
        }

        /// Returns the value. Throws the exception that the work threw; all callers that share the result get the same
        /// exception object.
        @SuppressWarnings("NullAway") // without an exception there is the value, null only if V allows it
        public V get() throws Exception {
            switch (thrown) {
                case null -> {}
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case Throwable other -> throw new ExecutionException(other);
            }
            return value;
        }

        /// Returns whether more than one call got the result.
        public boolean shared() {
            return shared;
        }
    }

    private static final class Flight<V> {

        final Chan<Void> landed = Chan.make(); // closed when value and thrown are set
        final List<Chan<Result<V>>> listeners = new ArrayList<>(); // guarded by the lock, until it has landed
        final @Nullable World home = World.current(); // the world of the goroutine that does the work
        boolean shared; // guarded by the lock, until it has landed
        @Nullable V value;
        @Nullable Throwable thrown;

        Result<V> result() {
            return new Result<>(value, thrown, shared);
        }
    }

    private final ReentrantLock lock = new ReentrantLock(); // held briefly; locking does not respond to interrupts
    private final Map<K, Flight<V>> flights = new HashMap<>(); // guarded by lock

    /// Creates an instance without calls in progress.
    public SingleFlight() {}

    /// Does `work`, or waits for a concurrent call with an equal key that is doing it. Every call that shares the work
    /// throws what it throws. If the work calls `goexit`, the goroutines of all these calls end; on a thread that is
    /// not a goroutine, the call throws [IllegalStateException]. Throws [gofer.goroutine.InterruptException] if
    /// interrupted while waiting for another call.
    @CanIgnoreReturnValue
    public Result<V> run(K key, Callable<? extends V> work) throws Exception {
        Objects.requireNonNull(work, "work");
        World.point(SyncPoint.SHARE, this);
        Flight<V> flight;
        boolean mine;
        lock.lock();
        try {
            flight = flights.get(Objects.requireNonNull(key, "key"));
            mine = flight == null;
            flight = join(key, flight);
        } finally {
            lock.unlock();
        }
        if (mine) {
            fly(key, flight, work);
        } else {
            var _ = flight.landed.recvOk();
        }
        if (flight.thrown instanceof Goexit && !isGoroutine()) {
            throw new IllegalStateException("singleflight: the work ended its goroutine by goexit");
        }
        Result<V> result = flight.result();
        var _ = result.get();
        return result;
    }

    /// Does the work as [#run] does, but returns at once. The result arrives on the channel, which is never closed.
    /// Unless a call is already doing the work, it is done in a new goroutine. If the work calls `goexit`, nothing
    /// arrives.
    ///
    /// An [Error] thrown by the work goes to the uncaught exception handler of a goroutine before it is sent on the
    /// channel, because nothing may ever be received from the channel. Under `Go.main` the error ends the program.
    public RecvChan<Result<V>> runChan(K key, Callable<? extends V> work) {
        Objects.requireNonNull(work, "work");
        World.point(SyncPoint.SHARE, this);
        Chan<Result<V>> listener = Chan.make(1);
        lock.lock();
        try {
            Flight<V> current = flights.get(Objects.requireNonNull(key, "key"));
            Flight<V> flight = join(key, current);
            if (flight.home == World.current()) {
                flight.listeners.add(listener);
            } else {
                start(() -> pass(flight, listener));
            }
            if (current == null) {
                start(key, flight, work);
            }
        } finally {
            lock.unlock();
        }
        return listener;
    }

    /// Forgets the work in progress for `key`, so that later calls do the work again instead of waiting for it.
    public void forget(K key) {
        Objects.requireNonNull(key, "key");
        World.point(SyncPoint.FORGET, this);
        lock.lock();
        try {
            flights.remove(key);
        } finally {
            lock.unlock();
        }
    }

    /// Returns `singleflight`.
    @Override
    public String toString() {
        return "singleflight";
    }

    /// Returns whether the current thread is a goroutine: a goroutine is the handler of its thread.
    private static boolean isGoroutine() {
        return Thread.currentThread().getUncaughtExceptionHandler() instanceof Goroutine;
    }

    private Flight<V> join(K key, @Nullable Flight<V> current) {
        if (current != null) {
            World.checkUse(current.home, "singleflight call");
            current.shared = true;
            return current;
        }
        Flight<V> flight = new Flight<>();
        flights.put(key, flight);
        return flight;
    }

    private void start(K key, Flight<V> flight, Callable<? extends V> work) {
        try {
            Callable<? extends V> carried = Carriers.captureCall(work);
            start(CapturedBody.of(work, () -> fly(key, flight, carried)));
        } catch (Throwable refused) {
            flights.remove(key, flight);
            throw refused;
        }
    }

    private static void start(CapturedBody body) {
        new WaitGroup().go(body);
    }

    private void fly(K key, Flight<V> flight, Callable<? extends V> work) {
        try {
            flight.value = work.call();
        } catch (Throwable thrown) {
            flight.thrown = thrown;
        }
        land(key, flight);
        if (flight.thrown instanceof Goexit || flight.listeners.isEmpty()) {
            return;
        }
        if (flight.thrown instanceof Error error) {
            raise(error);
        }
        Result<V> result = flight.result();
        for (Chan<Result<V>> listener : flight.listeners) {
            var _ = listener.trySend(result);
        }
    }

    /// Passes the result to a caller in a bubble. The goroutine that does the work is outside and cannot use the
    /// bubble's channel.
    private static <V> void pass(Flight<V> flight, Chan<Result<V>> listener) {
        var _ = flight.landed.recvOk();
        if (flight.thrown instanceof Goexit) {
            return;
        }
        if (flight.thrown instanceof Error error) {
            raise(error);
        }
        listener.send(flight.result());
    }

    /// Removes the flight from the map, unless it was forgotten and another flight has its key. Wakes the calls that
    /// wait for it.
    private void land(K key, Flight<V> flight) {
        World.point(SyncPoint.PUBLISH, this);
        lock.lock();
        try {
            flights.remove(key, flight);
            flight.landed.close();
        } finally {
            lock.unlock();
        }
    }

    /// Throws `error` in a goroutine where nothing catches it, and waits until it has been reported. Under `Go.main`
    /// the report ends the program.
    private static void raise(Error error) {
        CapturedBody raising =
                () -> {
                    throw error;
                };
        WaitGroup raised = new WaitGroup();
        raised.go(raising);
        boolean interrupted = false;
        for (boolean reported = false; !reported; ) {
            try {
                raised.await();
                reported = true;
            } catch (InterruptException _) {
                interrupted = Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
