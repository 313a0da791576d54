package gofer.runtime.goroutine;

import gofer.goroutine.Body;
import gofer.runtime.base.ShortLock;
import gofer.runtime.base.ThreadSource;
import gofer.runtime.park.CallSites;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.World;
import gofer.runtime.sched.CarrierShortage;
import gofer.runtime.sched.Scheduling;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.internal.vm.Continuation;
import org.jspecify.annotations.Nullable;

/// The list of all live goroutines, and the methods that start goroutines.
public final class Goroutines {

    private static final Runnable NOTHING = () -> {};

    private static final AtomicLong IDS = new AtomicLong(G.MAIN); // the last id that was assigned

    /// Striped by id, so that goroutines that start and end at the same time rarely contend.
    private static final Stripe[] STRIPES = new Stripe[16];

    static {
        for (int i = 0; i < STRIPES.length; i++) {
            STRIPES[i] = new Stripe();
        }
        ThreadSource.set(Goroutines::count, Goroutines::threads);
        CarrierShortage.setExplanation(InitializerWait::text);
        // Initializes Tracing now, not when a goroutine first starts another: the clock's thread initializes it at that
        // moment, too, and a goroutine that waits for that may lose its processor to one that computes.
        var _ = Tracing.isOn();
    }

    /// Code that inspects goroutines, and the objects that they wait for, keeps them alive. During a leak search nothing
    /// may do that. So a search excludes all inspections. Inspections do not exclude each other.
    private static final ReentrantReadWriteLock INSPECTIONS = new ReentrantReadWriteLock();

    private Goroutines() {}

    /// Starts a goroutine that runs `body`.
    public static G start(String name, Body body) {
        return start(name, body, NOTHING);
    }

    /// Starts a goroutine that runs `body` and then `afterEnd`, however the body ends. If the body throws, the report
    /// comes before `afterEnd`. The goroutine carries what the [Carriers] capture now.
    public static G start(String name, Body body, Runnable afterEnd) {
        Objects.requireNonNull(name, "goroutine name");
        Objects.requireNonNull(body, "go of nil func value");
        Body carried = Carriers.capture(body); // first: if a carrier throws, nothing has been counted
        return start(new G(IDS.incrementAndGet(), name, carried, afterEnd, Origin.of(body)));
    }

    /// Starts a goroutine in the same way, on behalf of a thread at `place`; null if the place is unknown. That thread
    /// has captured what the goroutine carries.
    public static G startAt(@Nullable StackTraceElement place, String name, Body body, Runnable afterEnd) {
        StackTraceElement site = place == null ? CallSites.UNKNOWN : place;
        return start(new G(IDS.incrementAndGet(), name, body, afterEnd, new Origin(0, site, null, 1, null)));
    }

    /// Starts a goroutine that runs `body`, on behalf of the goroutine that requested it earlier, and that has captured
    /// then what this one carries.
    public static G startFor(Origin origin, Body body) {
        return start(new G(IDS.incrementAndGet(), "", body, NOTHING, origin));
    }

    /// Starts a goroutine that belongs to `scope`, as do the goroutines that it starts. The caller has captured what it
    /// carries.
    public static void startWithin(Object scope, Body body, Runnable afterEnd) {
        start(new G(IDS.incrementAndGet(), "", body, afterEnd, Origin.of(body).within(scope)));
    }

    /// Starts the main goroutine of a program. `onPanic` ends the program when an exception leaves a goroutine.
    public static void startMain(Body body, Runnable afterEnd, BiConsumer<G, Throwable> onPanic) {
        Body carried = Carriers.capture(body);
        G.onPanic = onPanic;
        start(new G(G.MAIN, "main", carried, afterEnd, Origin.of(body)));
    }

    private static G start(G g) {
        register(g);
        try {
            Tracing.started(g); // first: if there is no memory for the event, the goroutine must not run
            submit(g);
        } catch (Throwable refused) {
            remove(g);
            throw refused;
        }
        return g;
    }

    /// Adds `g` to the list.
    static void register(G g) {
        stripe(g).add(g);
    }

    private static void submit(G g) {
        if (World.current() instanceof World world) {
            world.onStart(g);
            g.startInheriting();
        } else if (Scheduling.isOurs()) {
            Scheduling.submit(g);
        } else {
            G.pauseForOthers(); // goroutines that start each other without end must not starve all others
            g.startInheriting();
        }
    }

    /// Returns the threads of the goroutines that have begun.
    private static Stream<Thread> threads() {
        return inspect(() ->
                        all().stream().map(G::startedThread).filter(Objects::nonNull).map(WeakReference::new).toList())
                .stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull);
    }

    /// Returns the number of live goroutines. Racy: some may start or end meanwhile.
    public static int count() {
        int count = 0;
        for (Stripe stripe : STRIPES) {
            count += stripe.size;
        }
        return count;
    }

    /// Returns the id of the goroutine that was started last.
    public static long lastId() {
        return IDS.get();
    }

    /// Returns how many goroutines have been started so far.
    public static long started() {
        return IDS.get() - G.MAIN + (G.onPanic != null ? 1 : 0);
    }

    /// Returns all live goroutines, sorted by id.
    public static List<G> all() {
        List<G> all = new ArrayList<>();
        for (Stripe stripe : STRIPES) {
            all.addAll(stripe.all());
        }
        all.sort(Comparator.comparingLong(G::id));
        return all;
    }

    /// Runs `inspection`, a function that inspects goroutines. Waits while a leak search is in progress. The result
    /// must not refer to a goroutine, or to an object that one waits for. `inspection` must not start a search, which
    /// would wait for it forever.
    ///
    /// In a world the call is one step, in real time. If the goroutine gave up the turn within it, the world might
    /// abandon it there, and the lock would be held forever.
    public static <R extends @Nullable Object> R inspect(Supplier<R> inspection) {
        boolean inWorld = Thread.currentThread().isVirtual() && World.current() != null;
        if (inWorld) {
            Continuation.pin();
        }
        try {
            INSPECTIONS.readLock().lock();
            try {
                return inspection.get();
            } finally {
                INSPECTIONS.readLock().unlock();
            }
        } finally {
            if (inWorld) {
                Continuation.unpin();
            }
        }
    }

    /// Runs `inspection` in the same way, but does not wait: returns null while a search is in progress.
    public static <R> @Nullable R tryInspect(Supplier<? extends @Nullable R> inspection) {
        if (!INSPECTIONS.readLock().tryLock()) {
            return null;
        }
        try {
            return inspection.get();
        } finally {
            INSPECTIONS.readLock().unlock();
        }
    }

    /// Returns whether a thread waits for the end of inspections or of a search. Such a thread will continue.
    public static boolean isAnyWaitingToInspect() {
        return INSPECTIONS.hasQueuedThreads();
    }

    /// Runs `search`, a leak search, while no inspection is in progress.
    public static <R> R search(Supplier<R> search) {
        INSPECTIONS.writeLock().lock();
        try {
            return search.get();
        } finally {
            INSPECTIONS.writeLock().unlock();
        }
    }

    /// Returns all live goroutines, one stripe at a time, for callers that may stop early.
    public static Iterable<G> inNoOrder() {
        return () -> Arrays.stream(STRIPES).flatMap(stripe -> stripe.all().stream()).iterator();
    }

    /// Removes `g`, which has ended or will never run again, from the list.
    public static void remove(G g) {
        stripe(g).remove(g);
    }

    /// Makes the list refer to goroutines only through `detached`, which does not keep them alive. The list contains
    /// them as long as they live.
    public static void detach(List<? extends WeakGoroutine<?>> detached) {
        for (WeakGoroutine<?> one : detached) {
            G g = one.get();
            if (g != null) {
                stripe(g).detach(g, one);
            }
        }
    }

    /// Makes the list refer to `g` itself again, in place of `detached`.
    public static void attach(G g, WeakGoroutine<?> detached) {
        stripe(g).attach(g, detached);
    }

    /// Makes the list refer to all reachable goroutines again. Leaked goroutines are no longer counted. A goroutine
    /// that has not leaked but is reachable only by a finalizer stays detached.
    public static void attach() {
        for (Stripe stripe : STRIPES) {
            stripe.attach();
        }
    }

    private static Stripe stripe(G g) {
        return STRIPES[(int) g.id() & STRIPES.length - 1];
    }

    /// A part of the list of all goroutines: a doubly linked list.
    private static final class Stripe extends ShortLock {

        private @Nullable G first; // guarded by the lock, like the next field
        private final List<WeakGoroutine<?>> detached = new ArrayList<>();
        private volatile int size; // written under the lock

        void add(G g) {
            acquire();
            try {
                link(g);
                size = size + 1;
            } finally {
                release();
            }
        }

        void remove(G g) {
            acquire();
            try {
                WeakGoroutine<?> reference = g.detached;
                if (reference == null) {
                    unlink(g);
                } else {
                    reference.ended = true;
                    g.detached = null;
                }
                size = size - 1;
            } finally {
                release();
            }
        }

        void detach(G g, WeakGoroutine<?> reference) {
            acquire();
            try {
                if (g.previous != null || first == g) {
                    unlink(g);
                    g.detached = reference;
                    detached.add(reference);
                } else {
                    reference.ended = true;
                }
            } finally {
                release();
            }
        }

        void attach(G g, WeakGoroutine<?> reference) {
            acquire();
            try {
                if (g.detached == reference) {
                    g.detached = null;
                    link(g);
                }
                reference.dropped = true;
            } finally {
                release();
            }
        }

        void attach() {
            acquire();
            try {
                for (WeakGoroutine<?> reference : detached) {
                    if (reference.isLeaked()) {
                        size = size - 1;
                        reference.dropped = true;
                    } else if (reference.get() instanceof G g) {
                        if (g.detached == reference) {
                            g.detached = null;
                            link(g);
                        }
                        reference.dropped = true;
                    }
                }
                detached.removeIf(reference -> reference.dropped || reference.ended);
            } finally {
                release();
            }
        }

        private void link(G g) {
            g.next = first;
            if (first != null) {
                first.previous = g;
            }
            first = g;
        }

        private void unlink(G g) {
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
        }

        List<G> all() {
            List<G> all = new ArrayList<>();
            acquire();
            try {
                for (G g = first; g != null; g = g.next) {
                    all.add(g);
                }
                for (WeakGoroutine<?> reference : detached) {
                    if (reference.get() instanceof G g && g.detached == reference) {
                        all.add(g);
                    }
                }
                return all;
            } finally {
                release();
            }
        }
    }
}
