package gofer.race.runtime;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// The shadows of all objects: a table with weak keys that are compared by identity.
///
/// A search locks nothing unless it finds nothing. Shadows of objects that are gone are removed when others are added, after a
/// collection of garbage. There is no queue of references, because to poll one may park the thread.
final class Shadows {

    private static final int STRIPES = 64; // a power of 2
    private static final int STRIPE_BITS = 6;
    private static final Stripe[] ALL = new Stripe[STRIPES];

    static {
        for (int i = 0; i < STRIPES; i++) {
            ALL[i] = new Stripe();
        }
    }

    private Shadows() {}

    /// Returns the shadow of an object; null if there is none.
    static @Nullable Shadow find(Object object) {
        if (object instanceof Shadowed shadowed) {
            return shadowed.findShadow();
        }
        int hash = System.identityHashCode(object);
        Stripe stripe = stripe(hash);
        int moves = stripe.moves;
        Shadow found = stripe.find(object, hash);
        return found == null && stripe.hasMovedSince(moves) ? stripe.findLocked(object, hash) : found;
    }

    /// Returns the shadow of an object. Makes one if there is none.
    static Shadow of(Object object) {
        if (object instanceof Shadowed shadowed) {
            return shadowed.shadow();
        }
        int hash = System.identityHashCode(object);
        Stripe stripe = stripe(hash);
        Shadow found = stripe.find(object, hash);
        return found == null ? stripe.add(object, hash) : found;
    }

    private static Stripe stripe(int hash) {
        return ALL[(hash * 0x9E37_79B9) >>> Integer.SIZE - STRIPE_BITS];
    }

    /// Records that a shadow needs more memory.
    static void grown(Shadow shadow) {
        stripe(shadow.hash).added++;
    }

    /// Removes the shadows of all objects that are gone.
    static void purge() {
        for (Stripe stripe : ALL) {
            stripe.lock();
            try {
                stripe.purge();
            } finally {
                stripe.unlock();
            }
        }
    }

    /// Returns the number of shadows in the table, for tests.
    static int size() {
        int size = 0;
        for (Stripe stripe : ALL) {
            size += stripe.size;
        }
        return size;
    }

    /// A part of the table: lists of shadows by hash code.
    private static final class Stripe extends SpinLock {

        private static final Unsafe UNSAFE = Unsafe.getUnsafe();
        private static final long BASE = UNSAFE.arrayBaseOffset(Shadow[].class);
        private static final int SCALE = UNSAFE.arrayIndexScale(Shadow[].class);
        private static final int INITIAL_CAPACITY = 64;

        /// The least number of additions between two purges.
        private static final int LEAST_ADDED = 64;

        private volatile @Nullable Shadow[] lists = new @Nullable Shadow[INITIAL_CAPACITY];
        private int size;
        private int added; // shadows and their cells since the last purge; approximate
        private Shadow canary = canary(); // its object is gone after a collection of garbage
        private volatile int moves; // odd while shadows move between lists, so that a search may miss one

        private static Shadow canary() {
            return new Shadow(new Object(), 0);
        }

        @Nullable Shadow find(Object object, int hash) {
            @Nullable Shadow[] table = lists;
            var shadow = (Shadow) UNSAFE.getReferenceAcquire(table, BASE + (long) (hash & table.length - 1) * SCALE);
            while (shadow != null && !(shadow.hash == hash && shadow.isOf(object))) {
                shadow = shadow.next;
            }
            return shadow;
        }

        boolean hasMovedSince(int before) {
            return before % 2 != 0 || moves != before;
        }

        @Nullable Shadow findLocked(Object object, int hash) {
            lock();
            try {
                return find(object, hash);
            } finally {
                unlock();
            }
        }

        Shadow add(Object object, int hash) {
            lock();
            try {
                Shadow known = find(object, hash);
                if (known != null) {
                    return known;
                }
                makeRoom();
                var created = new Shadow(object, hash);
                insert(lists, created);
                size++;
                added++;
                return created;
            } finally {
                unlock();
            }
        }

        private static void insert(@Nullable Shadow[] table, Shadow shadow) {
            int list = shadow.hash & table.length - 1;
            shadow.next = table[list];
            UNSAFE.putReferenceRelease(table, BASE + (long) list * SCALE, shadow);
        }

        private void makeRoom() {
            if (added > Math.max(LEAST_ADDED, size / 4) && canary.refersTo(null)) {
                purge();
            }
            if (size >= lists.length) {
                rebuild(lists.length * 2);
            }
        }

        /// Removes the shadows of objects that are gone.
        void purge() {
            rebuild(lists.length);
            added = 0;
            canary = canary();
        }

        private void rebuild(int capacity) {
            moves++;
            @Nullable Shadow[] old = lists;
            var table = new @Nullable Shadow[capacity];
            int kept = 0;
            for (Shadow first : old) {
                Shadow shadow = first;
                while (shadow != null) {
                    Shadow following = shadow.next;
                    if (shadow.refersTo(null)) {
                        shadow.forget();
                    } else {
                        insert(table, shadow);
                        kept++;
                    }
                    shadow = following;
                }
            }
            size = kept;
            lists = table;
            moves++;
        }
    }
}
