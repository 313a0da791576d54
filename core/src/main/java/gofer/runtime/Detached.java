package gofer.runtime;

import java.lang.ref.WeakReference;

/// A goroutine that the list of all does not keep alive for the moment, and what there is to say of it if it is collected.
final class Detached extends WeakReference<G> {

    final Sight sight; // frozen
    volatile boolean ended; // by itself; written under the lock of the list

    Detached(G goroutine, Sight sight) {
        super(goroutine);
        this.sight = sight;
    }

    /// Whether it has been collected without having ended. Once true it stays so.
    boolean isLeaked() {
        return refersTo(null) && !ended;
    }
}
