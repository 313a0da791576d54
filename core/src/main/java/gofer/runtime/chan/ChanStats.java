package gofer.runtime.chan;

import gofer.goroutine.Goexit;
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

/// What has happened on all channels of one name. It stays when they are gone, and keeps none of them alive.
public final class ChanStats {

    private static final Map<String, ChanStats> ALL = new ConcurrentHashMap<>();

    private static final List<Consumer<ChanStats>> LISTENERS = new CopyOnWriteArrayList<>();

    private static final ReentrantLock CHANGE = new ReentrantLock(); // guards changes of both

    private final String name;
    private final Set<ChanCore> channels = Collections.newSetFromMap(new WeakHashMap<>()); // guarded by lock
    private final ReentrantLock lock = new ReentrantLock();

    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder waitedToSend = new LongAdder(); // nanoseconds, as the next
    final LongAdder waitedToReceive = new LongAdder();

    private ChanStats(String name) {
        this.name = name;
    }

    /// That of `name`, from now on if there was none.
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
            LISTENERS.forEach(listener -> tell(listener, stats));
            return stats;
        } finally {
            CHANGE.unlock();
        }
    }

    /// All there are.
    public static Collection<ChanStats> all() {
        return ALL.values();
    }

    /// Calls `listener` with each, those to come included, until what this returns is run. What it throws is uncaught, and
    /// concerns nobody else.
    public static Runnable listen(Consumer<ChanStats> listener) {
        CHANGE.lock();
        try {
            LISTENERS.add(listener);
            ALL.values().forEach(stats -> tell(listener, stats));
        } finally {
            CHANGE.unlock();
        }
        return () -> forget(listener);
    }

    private static void forget(Consumer<ChanStats> listener) {
        CHANGE.lock();
        try {
            LISTENERS.remove(listener);
        } finally {
            CHANGE.unlock();
        }
    }

    private static void tell(Consumer<ChanStats> listener, ChanStats stats) {
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

    /// The name.
    public String name() {
        return name;
    }

    /// How many values wait in the buffers of those channels that are still in use: a snapshot.
    public int len() {
        lock.lock();
        try {
            return channels.stream().mapToInt(ChanCore::len).sum();
        } finally {
            lock.unlock();
        }
    }

    /// How many values have been sent.
    public long sent() {
        return sent.sum();
    }

    /// How many have been received.
    public long received() {
        return received.sum();
    }

    /// For how many nanoseconds goroutines have waited to send, those that still wait not included.
    public long waitedToSend() {
        return waitedToSend.sum();
    }

    /// Likewise to receive.
    public long waitedToReceive() {
        return waitedToReceive.sum();
    }
}
