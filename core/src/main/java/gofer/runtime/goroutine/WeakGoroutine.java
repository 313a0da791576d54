package gofer.runtime.goroutine;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// A reference to a goroutine that the list of all goroutines does not keep alive during a leak search, with the
/// snapshot to report if the goroutine is collected.
public final class WeakGoroutine<S> extends WeakReference<G> {

    private static final ReferenceQueue<G> UNUSED = new ReferenceQueue<>();

    public final S snapshot; // the goroutine as it was then; does not keep it alive
    public volatile boolean ended; // the goroutine ended in the normal way; written under the lock of the list
    boolean dropped; // the list no longer refers to the goroutine through this; guarded by the list's lock

    /// Cleared when no finalizer can reach the goroutine any more. Null while a keeper keeps it alive.
    private final @Nullable PhantomReference<G> phantom;

    private volatile boolean keeperLost;

    private WeakGoroutine(G goroutine, S snapshot, boolean released) {
        super(goroutine);
        this.snapshot = snapshot;
        this.phantom = released ? new PhantomReference<>(goroutine, UNUSED) : null;
    }

    /// Returns a reference to a goroutine that a keeper keeps alive.
    public static <S> WeakGoroutine<S> kept(G goroutine, S snapshot) {
        return new WeakGoroutine<>(goroutine, snapshot, false);
    }

    /// Returns a reference to a goroutine that the search does not keep alive.
    public static <S> WeakGoroutine<S> unkept(G goroutine, S snapshot) {
        return new WeakGoroutine<>(goroutine, snapshot, true);
    }

    /// Records that the keeper has been collected, which means that this JVM runs no finalizers.
    public void markKeeperLost() {
        keeperLost = true;
    }

    /// Returns whether nothing can reach the goroutine, except perhaps a finalizer. Once true, it stays true.
    public boolean isUnreachable() {
        return refersTo(null);
    }

    /// Returns whether the goroutine has been collected without having ended. Once true, it stays true.
    public boolean isLeaked() {
        return !ended && (phantom == null ? keeperLost && isUnreachable() : phantom.refersTo(null));
    }
}
