package gofer.runtime.chan;

import gofer.goroutine.Goexit;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.ChanCounts;
import gofer.runtime.park.Tracing;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The statistics of all channels of one name. They outlive the channels, and keep no channel alive.
public final class ChanStats {

    private static final Map<String, ChanStats> ALL = new ConcurrentHashMap<>();

    private static final List<Consumer<ChanStats>> LISTENERS = new CopyOnWriteArrayList<>();

    private static final ReentrantLock CHANGE = new ReentrantLock(); // guards changes of both

    static {
        Tracing.setChannels(ChanStats::counts);
    }

    private final String name;
    private final Set<ChanCore> channels = Collections.newSetFromMap(new WeakHashMap<>()); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock();

    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder waitedToSend = new LongAdder(); // in nanoseconds, like the next field
    final LongAdder waitedToReceive = new LongAdder();

    private ChanStats(String name) {
        this.name = name;
    }

    /// Returns the statistics of `name`. Creates them if there are none.
    static ChanStats of(String name) {
        ChanStats known = ALL.get(name);
        return known != null ? known : addNew(name);
    }

    private static ChanStats addNew(String name) {
        CHANGE.lock();
        try {
            ChanStats known = ALL.get(name);
            if (known != null) {
                return known;
            }
            ChanStats stats = new ChanStats(name);
            ALL.put(name, stats);
            LISTENERS.forEach(listener -> callListener(listener, stats));
            return stats;
        } finally {
            CHANGE.unlock();
        }
    }

    /// Returns the counts of all names. Returns none while a search for leaks is in progress, because this holds on to each
    /// channel for a moment.
    private static List<ChanCounts> counts() {
        List<ChanCounts> counts = Goroutines.tryInspect(() -> ALL.values().stream().map(ChanStats::count).toList());
        return counts == null ? List.of() : counts;
    }

    private ChanCounts count() {
        return new ChanCounts(name, len(), cap(), sent(), received());
    }

    /// Returns the statistics of all names.
    public static Collection<ChanStats> all() {
        return ALL.values();
    }

    /// Calls `listener` with the statistics of each name, present and future, until the caller runs the returned function. An
    /// exception of the listener goes to the uncaught-exception handler and does not affect others.
    public static Runnable listen(Consumer<ChanStats> listener) {
        CHANGE.lock();
        try {
            LISTENERS.add(listener);
            ALL.values().forEach(stats -> callListener(listener, stats));
        } finally {
            CHANGE.unlock();
        }
        return () -> removeListener(listener);
    }

    private static void removeListener(Consumer<ChanStats> listener) {
        CHANGE.lock();
        try {
            LISTENERS.remove(listener);
        } finally {
            CHANGE.unlock();
        }
    }

    private static void callListener(Consumer<ChanStats> listener, ChanStats stats) {
        try {
            listener.accept(stats);
        } catch (Goexit ended) {
            throw ended;
        } catch (Throwable thrown) {
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, thrown);
        }
    }

    void add(ChanCore channel) {
        lock.lock();
        try {
            channels.add(channel);
        } finally {
            lock.unlock();
        }
    }

    /// Returns the name.
    public String name() {
        return name;
    }

    /// Returns how many values are in the buffers of the channels that are still reachable: a snapshot.
    public int len() {
        lock.lock();
        try {
            return channels.stream().mapToInt(ChanCore::len).sum();
        } finally {
            lock.unlock();
        }
    }

    private int cap() {
        lock.lock();
        try {
            return (int) Math.min(Integer.MAX_VALUE, channels.stream().mapToLong(ChanCore::cap).sum());
        } finally {
            lock.unlock();
        }
    }

    /// Returns how many values have been sent.
    public long sent() {
        return sent.sum();
    }

    /// Returns how many values have been received.
    public long received() {
        return received.sum();
    }

    /// Returns how many values have been dropped, because a buffer was full.
    public long dropped() {
        return dropped.sum();
    }

    /// Returns for how many nanoseconds goroutines have waited to send. Does not include waits that have not ended.
    public long waitedToSend() {
        return waitedToSend.sum();
    }

    /// Returns for how many nanoseconds goroutines have waited to receive. Does not include waits that have not ended.
    public long waitedToReceive() {
        return waitedToReceive.sum();
    }
}
