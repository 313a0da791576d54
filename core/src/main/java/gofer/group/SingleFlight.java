package gofer.group;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.goroutine.Goexit;
import gofer.goroutine.Goroutine;
import gofer.goroutine.InterruptException;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
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

/// Suppresses duplicate work: of several calls for one key at the same time, one does the work and all get its result.
///
/// {@snippet file="snippets/SharedWork.java" region="singleflight"}
///
/// Nothing is kept after that: the next call works anew.
///
/// **Memory:** the end of the work happens before the return of each call that shares it.
///
/// **Go:** `golang.org/x/sync/singleflight`.
@CheckReturnValue
public final class SingleFlight<K, V> {

    /// What the work yielded.
    public static final class Result<V> {

        private final @Nullable V value;
        private final @Nullable Throwable thrown;
        private final boolean shared;

        private Result(@Nullable V value, @Nullable Throwable thrown, boolean shared) {
            this.value = value;
            this.thrown = thrown;
            this.shared = shared;
        }

        /// The value. Throws what the work threw, the same exception for everybody who shares it.
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

        /// Whether more than one call got it.
        public boolean shared() {
            return shared;
        }
    }

    private static final class Flight<V> {

        final Chan<Void> landed = Chan.make(); // closed when value and thrown are set
        final List<Chan<Result<V>>> listeners = new ArrayList<>(); // guarded by the lock, until it has landed
        final @Nullable World home = World.current(); // of the goroutine that does the work
        boolean shared; // likewise
        @Nullable V value;
        @Nullable Throwable thrown;

        Result<V> result() {
            return new Result<>(value, thrown, shared);
        }
    }

    private final ReentrantLock lock = new ReentrantLock(); // held for moments, and never given up by an interrupt
    private final Map<K, Flight<V>> flights = new HashMap<>(); // guarded by lock

    /// One with nothing going on.
    public SingleFlight() {}

    /// Does `work`, or waits for a call for an equal key that is doing it. Throws what the work throws, in every call that
    /// shares it. If the work ends its goroutine by `goexit`, so do they; on a thread that is not a goroutine they throw
    /// [IllegalStateException]. Throws
    /// [gofer.goroutine.InterruptException] if interrupted while it waits for another's work.
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

    /// As [#run], but returns at once: the result arrives on the channel, which is never closed. The work is done in a
    /// goroutine of its own, unless a [#run] is at it already. If it ends by `goexit`, nothing arrives.
    ///
    /// An [Error] is not left to who may receive from the channel some day: before it is passed on it goes to the uncaught
    /// exception handler of a goroutine. Under `Go.main` that ends the program.
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
                new WaitGroup().go(() -> pass(flight, listener));
            }
            if (current == null) {
                start(key, flight, work);
            }
        } finally {
            lock.unlock();
        }
        return listener;
    }

    /// Lets later calls for `key` work anew, instead of waiting for the work that is going on.
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

    /// `singleflight`.
    @Override
    public String toString() {
        return "singleflight";
    }

    /// A goroutine is the handler of its thread.
    private static boolean isGoroutine() {
        return Thread.currentThread().getUncaughtExceptionHandler() instanceof Goroutine;
    }

    private Flight<V> join(K key, @Nullable Flight<V> current) {
        if (current != null) {
            World.enter(current.home, "singleflight call");
            current.shared = true;
            return current;
        }
        Flight<V> flight = new Flight<>();
        flights.put(key, flight);
        return flight;
    }

    private void start(K key, Flight<V> flight, Callable<? extends V> work) {
        try {
            new WaitGroup().go(() -> fly(key, flight, work));
        } catch (Throwable refused) {
            flights.remove(key, flight);
            throw refused;
        }
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

    /// For somebody in a bubble, whose channel the work that is done outside cannot reach.
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

    /// Takes the flight off the board, unless it was forgotten and another has its key.
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

    /// Lets `error` leave a goroutine, where nothing catches it, and waits until that has been reported; under `Go.main` the
    /// program has ended by then.
    private static void raise(Error error) {
        WaitGroup raised = new WaitGroup();
        raised.go(() -> {
            throw error;
        });
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
