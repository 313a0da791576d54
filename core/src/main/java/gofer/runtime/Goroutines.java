package gofer.runtime;

import gofer.goroutine.Body;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Starts goroutines, and knows all that live.
public final class Goroutines {

    private static final Runnable NOTHING = () -> {};

    private static final AtomicLong IDS = new AtomicLong(G.MAIN); // others follow

    /// Striped by id, so that goroutines that start and end at the same time seldom meet.
    private static final Stripe[] STRIPES = new Stripe[16];

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new Stripe();
        }
    }

    private Goroutines() {}

    /// Starts a goroutine that runs `body`.
    public static G start(String name, Body body) {
        return start(name, body, NOTHING);
    }

    /// Starts a goroutine that runs `body` and then, however it ended and after the report if it threw, `whenOver`.
    public static G start(String name, Body body, Runnable whenOver) {
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "go of nil func value");
        return start(new G(IDS.incrementAndGet(), name, body, whenOver, Origin.of(body)));
    }

    /// Starts a goroutine that runs `body`, on behalf of the one that asked for it earlier.
    public static G startFor(Origin origin, Body body) {
        return start(new G(IDS.incrementAndGet(), "", body, NOTHING, origin));
    }

    /// Starts the main goroutine.
    static G startMain(Body body) {
        return start(new G(G.MAIN, "main", body, NOTHING, Origin.of(body)));
    }

    private static G start(G g) {
        g.start();
        return g;
    }

    /// How many goroutines live. Racy: some may start or end meanwhile.
    public static int count() {
        int count = 0;
        for (Stripe stripe : STRIPES) {
            count += stripe.size;
        }
        return count;
    }

    /// All goroutines that live, by id.
    public static List<G> all() {
        List<G> all = new ArrayList<>();
        for (Stripe stripe : STRIPES) {
            stripe.addTo(all);
        }
        all.sort(Comparator.comparingLong(G::id));
        return all;
    }

    static void add(G g) {
        stripe(g).add(g);
    }

    static void remove(G g) {
        stripe(g).remove(g);
    }

    private static Stripe stripe(G g) {
        return STRIPES[(int) g.id() & STRIPES.length - 1];
    }

    /// A doubly linked list.
    private static final class Stripe extends ShortLock {

        private @Nullable G first; // guarded by the lock
        private volatile int size; // written under the lock

        void add(G g) {
            acquire();
            try {
                g.next = first;
                if (first != null) {
                    first.previous = g;
                }
                first = g;
                size = size + 1;
            } finally {
                release();
            }
        }

        void remove(G g) {
            acquire();
            try {
                G before = g.previous;
                G after = g.next;
                if (before != null) {
                    before.next = after;
                } else {
                    first = after;
                }
                if (after != null) {
                    after.previous = before;
                }
                g.previous = null;
                g.next = null;
                size = size - 1;
            } finally {
                release();
            }
        }

        void addTo(List<G> all) {
            acquire();
            try {
                for (G g = first; g != null; g = g.next) {
                    all.add(g);
                }
            } finally {
                release();
            }
        }
    }
}
