package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.chan.Chan;
import gofer.chan.Value;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Fields and collections that are used without their lock, in production code.
class MissingLockTest {

    /// A transaction that reads from a buffer.
    private static final class Transaction {
        private final RWMutex mu = new RWMutex();
        private final Map<String, Boolean> buckets = new HashMap<>(Map.of("1", true));

        void reset() {
            buckets.clear();
        }

        void range() {
            buckets.get("1");
        }

        void resetMended() {
            try (var _ = mu.lock()) {
                reset();
            }
        }

        void rangeMended() {
            try (var _ = mu.rLock()) {
                range();
            }
        }
    }

    /// `etcd/9446`: a defragmentation removes the buckets of a buffer that other goroutines read.
    @Test
    void etcd9446() {
        found(() -> {
            var transaction = new Transaction();
            both(transaction::reset, transaction::range);
        });
    }

    @Test
    void etcd9446Mended() {
        silent(() -> {
            var transaction = new Transaction();
            both(transaction::resetMended, transaction::rangeMended);
        });
    }

    private static void both(Runnable one, Runnable other) {
        var wg = new WaitGroup();
        wg.go(() -> {
            wg.go(one::run);
            wg.go(other::run);
        });
        wg.await();
    }

    /// A wrapper of a resolver, which starts to poll while it is built.
    @SuppressWarnings("NullAway") // the bug
    private static final class ResolverWrapper {
        private final Mutex mu = new Mutex();
        private final Mutex resolverLock = new Mutex();
        private Runnable resolver;

        void build() {
            resolver = build(this::resolveNow);
        }

        void buildMended() {
            try (var _ = resolverLock.lock()) {
                resolver = build(this::resolveNowMended);
            }
        }

        private Runnable build(Runnable resolve) {
            try (var _ = mu.lock()) {
                go(resolve::run);
            }
            return () -> {};
        }

        private void resolveNow() {
            try (var _ = mu.lock()) {
                resolver.run();
            }
        }

        private void resolveNowMended() {
            try (var _ = resolverLock.lock()) {
                resolver.run();
            }
        }
    }

    /// `grpc/3090`: the wrapper starts a goroutine that uses its resolver, and stores the resolver after that.
    @Test
    void grpc3090() {
        found(() -> dial(() -> new ResolverWrapper().build()));
    }

    /// A lock guards the resolver from before the start of the goroutine.
    @Test
    void grpc3090Mended() {
        silent(() -> dial(() -> new ResolverWrapper().buildMended()));
    }

    private static void dial(Runnable build) {
        var wg = new WaitGroup();
        wg.go(() -> {
            build.run();
            sleep(Duration.ofMillis(5));
        });
        wg.await();
    }

    private static final class Proxy {
        private List<String> labels = List.of("app");
    }

    private static final class Client {
        private final Proxy proxy = new Proxy();
        private final Chan<Boolean> updates = Chan.make(1);
    }

    private static final class Discovery {
        private final RWMutex mu = new RWMutex();
        private final Map<String, Client> clients = new HashMap<>(); // guarded by mu

        private void add(Client client) {
            try (var _ = mu.lock()) {
                clients.put("1", client);
            }
        }

        void stream() {
            var client = new Client();
            add(client);
            push(client.proxy.labels);
        }

        void streamMended() {
            var client = new Client();
            add(client);
            if (client.updates.tryRecv() instanceof Value<?>) client.proxy.labels = List.of();
            push(client.proxy.labels);
        }

        private static void push(List<String> labels) {
            assert labels.size() < 2;
        }

        void update() {
            try (var _ = mu.rLock()) {
                for (Client client : clients.values()) client.proxy.labels = List.of();
            }
        }

        void updateMended() {
            try (var _ = mu.rLock()) {
                for (Client client : clients.values()) {
                    var _ = client.updates.trySend(true);
                }
            }
        }
    }

    /// `istio/16742`: the lock guards the map of the clients. An update changes a client, and its own goroutine reads it.
    @Test
    void istio16742() {
        found(() -> {
            var discovery = new Discovery();
            both(discovery::stream, discovery::update);
        });
    }

    /// The update is sent to the client's goroutine.
    @Test
    void istio16742Mended() {
        silent(() -> {
            var discovery = new Discovery();
            both(discovery::streamMended, discovery::updateMended);
        });
    }

    private static final class Dialer {
        void closeAll() {}
    }

    private static final class Authenticator {
        private final Mutex mu = new Mutex();
        private Runnable onRotate = () -> {};

        void update() {
            var dialer = new Dialer();
            onRotate = dialer::closeAll;
        }

        void updateMended() {
            try (var _ = mu.lock()) {
                update();
            }
        }

        void rotate() {
            onRotate.run();
        }
    }

    /// `kubernetes/80284`: two goroutines set a function without a lock.
    @Test
    void kubernetes80284() {
        found(() -> {
            var authenticator = new Authenticator();
            twice(authenticator::update);
            authenticator.rotate();
        });
    }

    @Test
    void kubernetes80284Mended() {
        silent(() -> {
            var authenticator = new Authenticator();
            twice(authenticator::updateMended);
            authenticator.rotate();
        });
    }

    private static void twice(Runnable body) {
        var wg = new WaitGroup();
        for (int i = 0; i < 2; i++) wg.go(body::run);
        wg.await();
    }

    private static final class Provider {
        Map<String, String> provide() {
            return Map.of();
        }
    }

    /// Makes a provider when it is first needed.
    @SuppressWarnings("NullAway.Init")
    private static final class LazyProvider {
        private final Mutex mu = new Mutex();
        private Provider provider;

        void provide() {
            if (provider == null) provider = new Provider();
            provider.provide().get("0");
        }

        void provideMended() {
            try (var _ = mu.lock()) {
                provide();
            }
        }
    }

    /// `kubernetes/82550`: ten goroutines make an object when they need it, without a lock.
    @Test
    void kubernetes82550() {
        found(() -> {
            var lazy = new LazyProvider();
            for (int i = 0; i < 10; i++) go(lazy::provide);
        });
    }

    @Test
    void kubernetes82550Mended() {
        silent(() -> {
            var lazy = new LazyProvider();
            for (int i = 0; i < 10; i++) go(lazy::provideMended);
        });
    }

    /// The reactions of a fake client.
    private static final class Fake {
        private List<Runnable> reactions = new ArrayList<>();

        void invoke() {
            for (Runnable reaction : reactions) reaction.run();
        }

        void prepend(Runnable reaction) {
            var longer = new ArrayList<>(List.of(reaction));
            longer.addAll(reactions);
            reactions = longer;
        }
    }

    private static void runController(Fake fake, int threads) {
        var wg = new WaitGroup();
        for (int i = 0; i < threads; i++) wg.go(fake::invoke);
        wg.await();
    }

    /// `serving/3148`: a test adds a reaction to a fake client that a controller already uses.
    @Test
    void serving3148() {
        found(() -> {
            var fake = new Fake();
            var group = new WaitGroup();
            group.go(() -> runController(fake, 1));
            fake.prepend(() -> {});
            group.await();
        });
    }

    /// The test adds the reaction before it starts the controller.
    @Test
    void serving3148Mended() {
        silent(() -> {
            var fake = new Fake();
            var group = new WaitGroup();
            fake.prepend(() -> {});
            group.go(() -> runController(fake, 1));
            group.await();
        });
    }
}
