package gofer.runtime.goroutine;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// A goroutine that the list of all does not keep alive for the moment, and what there is to say of it if it is collected.
public final class WeakGoroutine<S> extends WeakReference<G> {

    private static final ReferenceQueue<G> UNUSED = new ReferenceQueue<>();

    public final S snapshot; // of the goroutine, by then; does not keep it alive
    public volatile boolean ended; // by itself; written under the lock of the list
    boolean over; // the list has the goroutine itself again, or another of these; guarded by the lock of the list

    /// Until no finalizer can reach it any more. Null while a keeper does.
    private final @Nullable PhantomReference<G> life;

    private volatile boolean lost;

    private WeakGoroutine(G goroutine, S snapshot, boolean last) {
        super(goroutine);
        this.snapshot = snapshot;
        this.life = last ? new PhantomReference<>(goroutine, UNUSED) : null;
    }

    /// One that a keeper keeps alive.
    public static <S> WeakGoroutine<S> kept(G goroutine, S snapshot) {
        return new WeakGoroutine<>(goroutine, snapshot, false);
    }

    /// One that nothing does.
    public static <S> WeakGoroutine<S> unkept(G goroutine, S snapshot) {
        return new WeakGoroutine<>(goroutine, snapshot, true);
    }

    /// Notes that its keeper has been collected, so that there are no finalizers.
    public void keeperIsLost() {
        lost = true;
    }

    /// Whether nothing can reach it, but perhaps a finalizer. Once true it stays so.
    public boolean isOutOfReach() {
        return refersTo(null);
    }

    /// Whether it has been collected without having ended. Once true it stays so.
    public boolean isLeaked() {
        return !ended && (life == null ? lost && isOutOfReach() : life.refersTo(null));
    }
}
