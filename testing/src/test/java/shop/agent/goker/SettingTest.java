package shop.agent.goker;

import static gofer.Go.after;
import static gofer.Go.go;
import static gofer.Go.select;
import static shop.agent.goker.Searches.closed;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;
import static shop.agent.goker.Searches.silentInAll;

import gofer.chan.Chan;
import gofer.chan.Second;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Static settings that a test changes while goroutines read them.
class SettingTest {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static Duration interval = LONG;
    private static int rate = 1000;
    private static Duration minTimeout = LONG;
    private static final AtomicLong MIN_MILLIS = new AtomicLong(LONG.toMillis());

    /// The interval and its lock. Not static: a schedule that ends early would leave the lock locked for the next one.
    private static final class Guarded {
        private final RWMutex mu = new RWMutex();
        private Duration interval = LONG;

        Duration get() {
            try (var _ = mu.rLock()) {
                return interval;
            }
        }

        void set(Duration changed) {
            try (var _ = mu.lock()) {
                interval = changed;
            }
        }
    }

    /// `etcd/4876`: a test changes the interval of reports. The goroutine of a stream reads it.
    @Test
    void etcd4876() {
        found(() -> {
            interval = LONG;
            setAndWatch(() -> interval = Duration.ofSeconds(3), () -> interval);
        });
    }

    @Test
    void etcd4876Mended() {
        silent(SettingTest::setAndWatchMended);
    }

    @Test
    void etcd4876MendedInAll() {
        silentInAll(SettingTest::setAndWatchMended);
    }

    private static void setAndWatchMended() {
        var guarded = new Guarded();
        setAndWatch(() -> guarded.set(Duration.ofSeconds(3)), guarded::get);
    }

    private static void setAndWatch(Runnable set, Supplier<Duration> get) {
        var wg = new WaitGroup();
        wg.go(() -> {
            wg.go(set::run);
            wg.go(() -> go(() -> Ticker.every(get.get()).close()));
        });
        wg.await();
    }

    /// Revokes leases, at most half of the rate at a time.
    private static final class Lessor {
        private final Chan<Boolean> stop = Chan.make();
        private final Chan<Boolean> done = Chan.make();

        void start() {
            go(this::loop);
        }

        private void loop() {
            try {
                for (int i = 0; i < 10; i++) {
                    var leases = List.of("lease");
                    if (leases.size() > rate / 2) leases = leases.subList(0, rate / 2);
                    if (closed(stop)) return;
                    if (select(after(Duration.ofMillis(5)), stop) instanceof Second(_)) return;
                }
            } finally {
                done.close();
            }
        }

        void stop() {
            stop.close();
            done.recvOk();
        }
    }

    private static void changeRate() {
        int old = rate;
        try {
            rate = 10;
        } finally {
            rate = old;
        }
    }

    /// `etcd/8194`: a test does not stop the goroutine that it has started. Another test changes a setting that this goroutine
    /// reads.
    @Test
    void etcd8194() {
        found(() -> {
            var wg = new WaitGroup();
            wg.go(() -> new Lessor().start());
            wg.go(SettingTest::changeRate);
            wg.await();
        });
    }

    /// The first test stops its goroutine. The other one runs after it, as Go's tests do.
    @Test
    void etcd8194Mended() {
        silent(() -> {
            var wg = new WaitGroup();
            wg.go(() -> {
                var lessor = new Lessor();
                lessor.start();
                lessor.stop();
            });
            wg.await();
            wg.go(SettingTest::changeRate);
            wg.await();
        });
    }

    /// A client's connections. A goroutine reports addresses to the balancer, if there is one.
    @SuppressWarnings("NullAway") // checked under the lock
    private static final class Balancers {
        private final Mutex mu = new Mutex();
        private final Runnable readTimeout;
        private Runnable balancer;

        Balancers(Runnable readTimeout) {
            this.readTimeout = readTimeout;
        }

        void replace() {
            go(this::watch);
            try (var _ = mu.lock()) {
                balancer = new Connection(readTimeout)::connect;
            }
        }

        private void watch() {
            for (int i = 0; i < 10; i++) {
                boolean present;
                try (var _ = mu.lock()) {
                    present = balancer != null;
                }
                if (present) balancer.run();
            }
        }
    }

    private static final class Connection {
        private final Mutex mu = new Mutex();
        private final Runnable readTimeout;

        Connection(Runnable readTimeout) {
            this.readTimeout = readTimeout;
        }

        void connect() {
            try (var _ = mu.lock()) {
                go(readTimeout::run);
            }
        }
    }

    /// `grpc/1748`: a test restores the shortest timeout at its end. The goroutines of its connections still read it.
    @Test
    void grpc1748() {
        found(() -> {
            var wg = new WaitGroup();
            wg.go(() -> {
                Duration old = minTimeout;
                try {
                    new Balancers(
                                    () -> {
                                        assert minTimeout.isPositive();
                                    })
                            .replace();
                } finally {
                    minTimeout = old;
                }
            });
            wg.await();
        });
    }

    @Test
    void grpc1748Mended() {
        silent(() -> {
            var wg = new WaitGroup();
            wg.go(() -> {
                long old = MIN_MILLIS.get();
                try {
                    new Balancers(MIN_MILLIS::get).replace();
                } finally {
                    MIN_MILLIS.set(old);
                }
            });
            wg.await();
        });
    }
}
