// Code elsewhere unlocks, or the lock is kept on purpose.
import static gofer.Go.*;

import module gofer;

import java.time.Instant;

class ByTheCaller {
    private final Mutex mu = new Mutex();
    private boolean closed;

    private boolean enter() {
        mu.lock();
        if (!closed) return true; // ok: the caller unlocks
        mu.unlock();
        return false;
    }

    void use() {
        if (!enter()) return;
        try {
            IO.println("used");
        } finally {
            mu.unlock();
        }
    }
}

class ByAHelper {
    private final Mutex mu = new Mutex();
    private int n;

    int use(boolean fast) {
        mu.lock();
        if (fast) {
            release();
            return 1; // ok: unlocked by the helper
        }
        n = 2;
        mu.unlock();
        return n;
    }

    private void release() {
        mu.unlock();
    }
}

class ByAReference {
    private final Mutex mu = new Mutex();
    private boolean ok;

    Optional<Runnable> tryEnter() {
        mu.lock();
        if (ok) return Optional.of(mu::unlock); // ok: the result unlocks
        mu.unlock();
        return Optional.empty();
    }
}

class ByALambda {
    private final Mutex mu = new Mutex();
    private boolean ok;

    Runnable enter() {
        mu.lock();
        if (ok) {
            return () -> mu.unlock(); // ok: the result unlocks
        }
        mu.unlock();
        return () -> {};
    }
}

class HandOverHand {
    static class Node {
        final Mutex mu = new Mutex();
        Node next = this;
        int v;
    }

    void insertAfter(Node prev, int v) {
        Node next = prev.next;
        next.mu.lock();
        if (next.v < v) {
            prev.mu.unlock();
            insertAfter(next, v);
            return; // ok: the call has unlocked
        }
        prev.next = new Node();
        next.mu.unlock();
        prev.mu.unlock();
    }
}

class Aliases {
    private final Mutex mu = new Mutex();
    private final Mutex a = new Mutex();
    private final Mutex b = new Mutex();
    private final List<Mutex> locks = List.of(a, b);
    private final Mutex[] stripes = {a, b};
    private final Map<String, Mutex> byKey = new HashMap<>();

    void all() {
        for (Mutex m : locks) m.lock(); // ok: unlocked by another variable
        IO.println("all");
        for (Mutex m : locks) m.unlock();
    }

    void keyed(String key) {
        var m = byKey.computeIfAbsent(key, _ -> new Mutex());
        m.lock(); // ok: unlocked in another method
        IO.println(key);
    }

    void unlock(String key) {
        byKey.get(key).unlock();
    }

    void striped(int i) {
        Mutex m = stripes[i];
        m.lock(); // ok: unlocked in another method
        IO.println(i);
    }

    void unlock(int i) {
        stripes[i].unlock();
    }

    void ofAField() {
        final Mutex m = this.mu;
        m.lock(); // ok: unlocked by the field
        try {
            IO.println("locked");
        } finally {
            mu.unlock();
        }
    }

    void ordered() {
        Mutex x = a, y = b;
        x.lock(); // ok: unlocked by the fields
        y.lock();
        IO.println("both");
        b.unlock();
        a.unlock();
    }
}

class ForGood {
    private final RWMutex rw = new RWMutex();
    private final Weighted quota = new Weighted(10);

    void use() {
        try (var _ = rw.rLock()) {
            IO.println("used");
        }
    }

    void shutdown() {
        rw.lock(); // ok: nothing can use it again
    }

    void spend(int n) {
        quota.acquire(n); // ok: a quota that is never given back
        IO.println(n);
    }
}

class InATest {
    @interface Test {}

    @Test
    void lockWaits() {
        Mutex mu = new Mutex();
        mu.lock(); // ok: a test of the lock
        IO.println(mu.tryLock());
    }
}

class Relocked {
    private final Mutex mu = new Mutex();
    private int v;

    int value() {
        try (var _ = mu.lock()) {
            if (v == 0) {
                mu.unlock(); // ok: locked again by the helper
                int x = slow();
                relock();
                v = x;
            }
            return v;
        }
    }

    private void relock() {
        mu.lock();
    }

    private int slow() {
        return 42;
    }
}

class Safe {
    private final Mutex mu = new Mutex();
    private Instant at = Instant.EPOCH;

    void now() {
        mu.lock(); // ok: the clock does not throw
        at = Instant.now();
        mu.unlock();
    }

    void hook() {
        mu.lock(); // ok: an empty method does not throw
        changed();
        mu.unlock();
    }

    void caught(Runnable r) {
        mu.lock(); // ok: exceptions are caught
        try {
            r.run();
        } catch (RuntimeException | Error e) {
            IO.println(e);
        }
        mu.unlock();
    }

    private void changed() {}
}

class Wrong {
    private final Mutex mu = new Mutex();
    private final Mutex forgotten = new Mutex();
    private int n;

    int get() {
        try (var _ = mu.lock()) {
            return n;
        }
    }

    void increment(boolean more) {
        mu.lock();
        if (!more) return; // want LockLeak
        n++;
        mu.unlock();
    }

    void lost() {
        forgotten.lock(); // want LockLeak
        n++;
    }

    void twice() {
        mu.lock();
        n++;
        mu.unlock();
        mu.unlock(); // want LockLeak
    }

    void result() {
        var held = forgotten.lock(); // want LockLeak
        n++;
    }

    void unnamedResult() {
        var _ = forgotten.lock(); // want LockLeak
        n++;
    }

    void twoReaders(RWMutex rw) {
        rw.rUnlock();
        rw.rUnlock(); // ok: there can be two readers
    }

    void safe() {
        try (var _ = forgotten.lock()) {
            n++;
        }
    }
}
