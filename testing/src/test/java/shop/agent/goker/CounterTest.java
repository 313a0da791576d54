package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.context.Context;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/// Counters and flags that are not atomic, or not in each access.
class CounterTest {

    /// Evicts entries in a goroutine of its own.
    private static final class Cache {
        private final Map<Integer, Integer> entries = new ConcurrentHashMap<>();

        Cache(Runnable onEviction) {
            go(() -> entries.forEach((_, _) -> onEviction.run()));
        }

        void set(int key, int value) {
            entries.put(key, value);
        }
    }

    /// `istio/8144`: a callback counts the evictions, in the goroutine of a cache. A test reads the counter.
    @Test
    void istio8144() {
        found(() -> {
            var evictions = new Var<>(0);
            var cache = new Cache(() -> evictions.value++);
            cache.set(1, 1);
            assert evictions.value < 2;
        });
    }

    @Test
    void istio8144Mended() {
        silent(() -> {
            var evictions = new AtomicInteger();
            var cache = new Cache(evictions::incrementAndGet);
            cache.set(1, 1);
            assert evictions.get() < 2;
        });
    }

    /// A plain field with atomic changes.
    private static final class Count {
        private static final VarHandle VALUE = handle();

        private int value;

        private static VarHandle handle() {
            try {
                return MethodHandles.lookup().findVarHandle(Count.class, "value", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        void addAtomically(int delta) {
            VALUE.getAndAdd(this, delta);
        }

        int getAtomically() {
            return (int) VALUE.getVolatile(this);
        }
    }

    /// `istio/8214`: two goroutines change the statistics of a cache atomically, but copy them with a plain read.
    @Disabled("the search does not see the accesses of a VarHandle, so it sees only plain reads here")
    @Test
    void istio8214() {
        found(() -> {
            var writes = new Count();
            twice(() -> {
                writes.addAtomically(1);
                assert writes.value > 0;
            });
        });
    }

    @Test
    void istio8214Mended() {
        silent(() -> {
            var writes = new Count();
            twice(() -> {
                writes.addAtomically(1);
                assert writes.getAtomically() > 0;
            });
        });
    }

    private static void twice(Runnable body) {
        var wg = new WaitGroup();
        wg.go(() -> {
            wg.go(body::run);
            wg.go(body::run);
        });
        wg.await();
    }

    /// A server that handles one connection, in a goroutine that it does not wait for.
    private static final class Backend {
        private final WaitGroup wg = new WaitGroup();
        private final Runnable handler;

        Backend(Runnable handler) {
            this.handler = handler;
        }

        void start() {
            wg.go(() -> go(handler::run));
        }
    }

    /// `kubernetes/49404`: the handler of a server sets a flag, and a test reads it.
    @Test
    void kubernetes49404() {
        found(() -> {
            var called = new Var<>(false);
            new Backend(() -> called.value = true).start();
            if (!called.value) sleep(Duration.ofMillis(10));
        });
    }

    @Test
    void kubernetes49404Mended() {
        silent(() -> {
            var called = new AtomicInteger();
            new Backend(called::incrementAndGet).start();
            if (called.get() == 0) sleep(Duration.ofMillis(10));
        });
    }

    private interface Filter {
        void run();
    }

    private static final class CountingFilter implements Filter {
        private int calls;

        @Override
        public void run() {
            calls++;
        }
    }

    private static final class AtomicCountingFilter implements Filter {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void run() {
            calls.incrementAndGet();
        }
    }

    /// `kubernetes/81091`: a filter of a scheduler counts its calls. Several goroutines call it.
    @Test
    void kubernetes81091() {
        found(() -> {
            var filter = new CountingFilter();
            schedule(List.of(filter));
            assert filter.calls == 2;
        });
    }

    @Test
    void kubernetes81091Mended() {
        silent(() -> schedule(List.of(new AtomicCountingFilter())));
    }

    private static void schedule(List<Filter> filters) {
        var wg = new WaitGroup();
        wg.go(() ->
                Pieces.inParallel(
                        Context.background(),
                        2,
                        2,
                        _ -> {
                            for (Filter filter : filters) filter.run();
                        }));
        wg.await();
    }

    /// Probes what is in its queue, in two goroutines.
    private static final class Prober {
        private final Mutex mu = new Mutex();
        private final Deque<Count> queue = new ArrayDeque<>(List.of(new Count())); // guarded by mu
        private final WaitGroup wg = new WaitGroup();

        void start() {
            for (int i = 0; i < 2; i++) wg.go(this::probeNext);
        }

        private void probeNext() {
            Count pending;
            try (var _ = mu.lock()) {
                pending = queue.poll();
            }
            if (pending != null) pending.addAtomically(-1);
        }

        private void add(Count pending) {
            try (var _ = mu.lock()) {
                queue.add(pending);
            }
        }

        void probe() {
            var pending = new Count();
            add(pending);
            pending.value += 1;
        }

        void probeMended() {
            var pending = new Count();
            pending.value += 1;
            add(pending);
        }
    }

    /// `serving/6472`: a goroutine counts the pending probes after it has added them to a queue. Another goroutine may have
    /// taken one, and have counted down.
    @Disabled("the search does not see the accesses of a VarHandle, so it sees only one goroutine here")
    @Test
    void serving6472() {
        found(() -> {
            var prober = new Prober();
            prober.start();
            prober.probe();
            prober.wg.await();
        });
    }

    @Test
    void serving6472Mended() {
        silent(() -> {
            var prober = new Prober();
            prober.start();
            prober.probeMended();
            prober.wg.await();
        });
    }
}
