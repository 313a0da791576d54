package gofer.sync;

import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.RaceMode;
import gofer.runtime.base.ShortLock;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.HappensBefore;
import gofer.runtime.park.World;
import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A set of reusable items that saves creating new ones.
///
/// A pooled item may vanish at any time, in particular when memory runs short, or under the race detector. Do not use an
/// item after returning it with [#put].
///
/// **Memory:** the put of an item happens before the get that returns it.
///
/// **Go:** `sync.Pool`.
@CheckReturnValue
public final class Pool<T> {

    /// With the race detector, one of this number of items is dropped: its edges can hide races.
    private static final int DROPPED = 4;

    private final Supplier<? extends T> maker;
    private final Shelf<T>[] shelves; // several, to reduce contention; a power of two

    /// Creates a pool that makes a new item with `maker` when it is empty.
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Pool(Supplier<? extends T> maker) {
        this.maker = Objects.requireNonNull(maker, "maker");
        this.shelves = new Shelf[Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors())];
        for (int i = 0; i < shelves.length; i++) {
            shelves[i] = new Shelf<>();
        }
    }

    /// Returns a pooled item, or a new one if there is none.
    public T get() {
        World.point(SyncPoint.GET, this);
        int start = start();
        for (int i = 0; i < shelves.length; i++) {
            T item = shelves[start + i & shelves.length - 1].poll();
            if (item != null) {
                HappensBefore.acquire(item);
                return item;
            }
        }
        return maker.get();
    }

    /// Puts `item` into the pool.
    public void put(T item) {
        World.point(SyncPoint.PUT, this);
        HappensBefore.release(Objects.requireNonNull(item, "item"));
        if (World.current() == null && RaceMode.chance(DROPPED)) {
            return;
        }
        shelves[start()].push(item);
    }

    /// Returns the index of the shelf to try first. In a world it is always the first shelf, because thread ids differ
    /// from run to run; the world then chooses the item.
    private int start() {
        return World.current() != null ? 0 : (int) Thread.currentThread().threadId() & shelves.length - 1;
    }

    /// Items behind a soft reference, so that the garbage collector may clear them all at once.
    private static final class Shelf<T> extends ShortLock {

        private SoftReference<ArrayDeque<T>> items = new SoftReference<>(new ArrayDeque<>()); // guarded by the lock

        @Nullable T poll() {
            acquire();
            try {
                ArrayDeque<T> kept = items.get();
                return kept == null ? null : takeFrom(kept);
            } finally {
                release();
            }
        }

        private static <T> @Nullable T takeFrom(ArrayDeque<T> kept) {
            if (!(World.current() instanceof World world) || kept.size() < 2) {
                return kept.pollLast();
            }
            Iterator<T> items = kept.descendingIterator();
            for (int skipped = world.choose(kept.size()); skipped > 0; skipped--) {
                items.next();
            }
            T taken = items.next();
            items.remove();
            return taken;
        }

        void push(T item) {
            acquire();
            try {
                ArrayDeque<T> kept = items.get();
                if (kept == null) {
                    kept = new ArrayDeque<>();
                    items = new SoftReference<>(kept);
                }
                kept.addLast(item);
            } finally {
                release();
            }
        }
    }
}
