// A reference count, written twice: under a mutex, and owned by a goroutine that others reach through channels.
//
// Which one is better? The mutex, if goroutines share a value that each of them changes quickly: a count, a cache, a
// map. It is shorter and faster, as here. Channels, if a value is handed from one owner to the next, or if a goroutine
// has to wait for something: for work, for an answer, for the end, or for the first of several events.

import module gofer;

import static gofer.Go.*;

interface RefCount {
    void retain();

    /// Releases one reference. Returns whether it was the last.
    boolean release();
}

static final class GuardedCount implements RefCount {
    private final Mutex mu = new Mutex();
    private int count = 1; // guarded by mu

    public void retain() {
        try (var _ = mu.lock()) {
            count++;
        }
    }

    public boolean release() {
        try (var _ = mu.lock()) {
            return --count == 0;
        }
    }
}

static final class OwnedCount implements RefCount {
    private final Chan<Integer> changes = Chan.make();
    private final Chan<Integer> counts = Chan.make();

    OwnedCount() {
        go(() -> {
            int count = 1; // no other goroutine can see it
            while (count > 0) {
                count += changes.recv();
                counts.send(count);
            }
        });
    }

    public void retain() {
        change(+1);
    }

    public boolean release() {
        return change(-1) == 0;
    }

    /// No other change comes in between: the owner accepts the next one only after the answer to this one has been
    /// received.
    private int change(int by) {
        changes.send(by);
        return counts.recv();
    }
}

void main() {
    use("mutex", new GuardedCount());
    use("channels", new OwnedCount());
}

/// Shares `refs` among many goroutines. The last one to release it, which may be main, would free the resource.
void use(String how, RefCount refs) {
    var start = System.nanoTime();
    var frees = new AtomicInteger();
    var wg = new WaitGroup();
    for (int i = 0; i < 10_000; i++) {
        refs.retain();
        wg.go(() -> {
            if (refs.release()) frees.incrementAndGet();
        });
    }
    if (refs.release()) frees.incrementAndGet();
    wg.await();
    IO.println(how + ": 10000 goroutines, freed " + frees + " time");
    System.err.println("    " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
}
