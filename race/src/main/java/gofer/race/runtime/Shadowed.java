package gofer.race.runtime;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// An object that keeps its shadow itself. The agent makes some classes of Gofer extend this class.
///
/// Most of these objects have no variables, and one part. They keep only what was released on that.
public abstract class Shadowed {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long SHADOW = UNSAFE.objectFieldOffset(Shadowed.class, "shadow");

    private volatile @Nullable Object shadow; // the shadow, or only the stamp of part 0; changed by compare-and-set

    /// For subclasses.
    protected Shadowed() {}

    private boolean change(@Nullable Object known, Object changed) {
        return UNSAFE.compareAndSetReference(this, SHADOW, known, changed);
    }

    /// Returns the shadow; null if there is none.
    final @Nullable Shadow findShadow() {
        return shadow instanceof Shadow known ? known : null;
    }

    /// Returns the shadow. Makes one if there is none.
    final Shadow shadow() {
        for (; ; ) {
            Object known = shadow;
            if (known instanceof Shadow made) {
                return made;
            }
            var created = new Shadow(this);
            if (known instanceof Stamp stamp) {
                created.put(0, stamp);
            }
            if (change(known, created)) {
                return created;
            }
        }
    }

    /// Returns what was released on part 0; null if nothing was.
    final @Nullable Stamp released() {
        Object known = shadow;
        return known instanceof Shadow full ? full.get(0) : (Stamp) known;
    }

    /// Releases what a strand has done on part 0.
    final void release(Strand strand) {
        for (; ; ) {
            Object known = shadow;
            if (known instanceof Shadow full) {
                full.release(strand, 0);
                return;
            }
            Stamp stamp = strand.releaseAfter((Stamp) known);
            if (stamp == known || change(known, stamp)) {
                return;
            }
        }
    }
}
