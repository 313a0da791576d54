package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.goroutine.Carrier;
import gofer.runtime.park.World;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The carriers that are registered, in the order of their registration.
public final class Carriers {

    private static final ReentrantLock LOCK = new ReentrantLock();

    /// Never changed in place: a start uses the array that it finds. Written under the lock.
    private static volatile Entry[] registered = {};

    private Carriers() {}

    /// One registration. It is compared by identity: a carrier may be registered more than once.
    private static final class Entry implements Carrier.Registration {

        final Carrier carrier;

        Entry(Carrier carrier) {
            this.carrier = carrier;
        }

        @Override
        public void close() {
            checkWorld();
            LOCK.lock();
            try {
                registered = Arrays.stream(registered).filter(entry -> entry != this).toArray(Entry[]::new);
            } finally {
                LOCK.unlock();
            }
        }
    }

    /// Registers `carrier` behind the others.
    public static Carrier.Registration add(Carrier carrier) {
        Entry entry = new Entry(Objects.requireNonNull(carrier, "carrier"));
        checkWorld();
        LOCK.lock();
        try {
            Entry[] longer = Arrays.copyOf(registered, registered.length + 1);
            longer[longer.length - 1] = entry;
            registered = longer;
        } finally {
            LOCK.unlock();
        }
        return entry;
    }

    /// Returns a body that runs `body` within what the carriers capture now. Returns `body` itself if there is nothing to
    /// carry, or if it is a [CapturedBody].
    public static Body capture(Body body) {
        Entry[] now = registered;
        return now.length == 0 || body instanceof CapturedBody ? body : capture(now, body);
    }

    /// Returns a function that calls `work` once, within what the carriers capture now. Returns `work` itself if there is
    /// nothing to carry.
    public static <T extends @Nullable Object> Callable<T> captureCall(Callable<T> work) {
        return registered.length == 0 ? work : new CarriedCall<>(work);
    }

    private static Body capture(Entry[] entries, Body body) {
        Carrier.@Nullable Snapshot[] snapshots = new Carrier.@Nullable Snapshot[entries.length];
        for (int i = 0; i < entries.length; i++) {
            snapshots[i] = entries[i].carrier.capture();
        }
        Body carried = body;
        for (int i = entries.length - 1; i >= 0; i--) { // the first carrier is the outermost
            if (snapshots[i] instanceof Carrier.Snapshot snapshot) {
                carried = new Carried(snapshot, carried);
            }
        }
        return carried;
    }

    private static void checkWorld() {
        if (World.current() != null) {
            throw new UnsupportedOperationException(
                    "carriers concern the whole program, so they cannot be registered or removed in a bubble or an"
                            + " exploration");
        }
    }
}
