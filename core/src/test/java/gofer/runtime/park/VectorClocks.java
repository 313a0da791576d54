package gofer.runtime.park;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Body;
import gofer.goroutine.Goroutine;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A recorder of the edges in a test. The start and the end of a thread are no edges. Threads of other tests do no harm: they
/// have no event of this test to pass on.
///
/// Closing it waits until the goroutines have ended, and fails if one has failed.
final class VectorClocks implements HappensBefore.Recorder, AutoCloseable {

    private static final class Clock {

        final Map<Thread, Integer> times = new HashMap<>();

        void join(Clock other) {
            other.times.forEach((thread, time) -> times.merge(thread, time, Math::max));
        }
    }

    private record Mark(Thread thread, int time) {}

    private final Map<Thread, Clock> threads = new HashMap<>(); // guarded by held, like the next
    private final IdentityHashMap<Object, Map<Integer, Clock>> objects = new IdentityHashMap<>();
    private final Map<String, Mark> marks = new ConcurrentHashMap<>();
    private final AtomicBoolean held = new AtomicBoolean(); // a lock that never parks: hooks run under short locks
    private final Crew crew = new Crew();

    VectorClocks() {
        HappensBefore.record(this);
    }

    /// Starts a goroutine that begins with an event `name`.
    Goroutine go(String name, Body body) {
        return crew.go(() -> {
            mark(name);
            body.run();
        });
    }

    /// Runs `body` in a goroutine that begins with an event `name`, and waits for its end.
    void run(String name, Body body) {
        Eventually.ended(go(name, body));
    }

    @Override
    public void close() {
        try {
            crew.close();
        } finally {
            HappensBefore.recordNoLonger();
        }
    }

    /// Records an event `name` of the current thread.
    void mark(String name) {
        Thread thread = Thread.currentThread();
        locked(() -> marks.put(name, new Mark(thread, mine().times.merge(thread, 1, Integer::sum))));
    }

    /// Returns whether the event `name` happened before what the current thread does now.
    boolean sees(String name) {
        Mark mark = marks.get(name);
        boolean[] seen = {false};
        locked(() -> seen[0] = mark != null && mine().times.getOrDefault(mark.thread, 0) >= mark.time);
        return seen[0];
    }

    private Clock mine() {
        return threads.computeIfAbsent(Thread.currentThread(), _ -> new Clock());
    }

    @Override
    public void release(Object object, int part) {
        locked(() -> clock(object, part).join(mine()));
    }

    @Override
    public void acquire(Object object, int part) {
        locked(() -> mine().join(clock(object, part)));
    }

    @Override
    public void pass(Object from, Object to, int part) {
        locked(() -> clock(to, part).join(clock(from, 0)));
    }

    private Clock clock(Object object, int part) {
        return objects.computeIfAbsent(object, _ -> new HashMap<>()).computeIfAbsent(part, _ -> new Clock());
    }

    private void locked(Runnable access) {
        while (!held.compareAndSet(false, true)) {
            Thread.onSpinWait();
        }
        try {
            access.run();
        } finally {
            held.set(false);
        }
    }
}
