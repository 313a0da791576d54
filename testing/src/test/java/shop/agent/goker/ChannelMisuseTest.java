package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static shop.agent.goker.Searches.closed;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.chan.Chan;
import gofer.chan.ChanClosedException;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.sync.Once;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Channels that are closed too early, or whose variable changes.
class ChannelMisuseTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    /// The inner loop of a server. Its own goroutine makes its channels, unless it is mended.
    private static final class Node {
        Chan<Boolean> stopped = Chan.never();
        Chan<Boolean> done = Chan.never();

        void makeChannels() {
            stopped = Chan.make();
            done = Chan.make();
        }

        void run() {
            try {
                stopped.recv();
            } finally {
                done.close();
            }
        }
    }

    private static final class Server {
        private final boolean mended;
        private final Node node = new Node();
        private final Chan<Boolean> stop = Chan.make();
        private final Chan<Boolean> done = Chan.make();

        Server(boolean mended) {
            this.mended = mended;
        }

        void run() {
            if (mended) node.makeChannels();
            go(() -> {
                if (!mended) node.makeChannels();
                node.run();
            });
            sleep(PAUSE);
            try {
                stop.recv();
            } finally {
                node.stopped.send(true);
                node.done.recvOk();
                done.close();
            }
        }

        void stop() {
            var _ = select(stop.sending(true), done);
            done.recvOk();
        }
    }

    /// `etcd/3077`: a goroutine makes the channels that another goroutine uses to stop it.
    @Test
    void etcd3077() {
        found(() -> startAndStop(new Server(false)));
    }

    /// The channels are made before the goroutine starts.
    @Test
    void etcd3077Mended() {
        silent(() -> startAndStop(new Server(true)));
    }

    private static void startAndStop(Server server) {
        go(server::run);
        server.stop();
    }

    /// Runs the writes of other goroutines.
    private static final class Transport {
        private final Chan<Boolean> closed = Chan.make();
        private final Chan<Runnable> writes = Chan.make();

        void submit(Runnable write) {
            if (closed(closed)) return;
            var _ = select(closed, writes.sending(write));
        }

        void writeStatus() {
            submit(() -> {});
            writes.close();
        }

        void writeStatusMended() {
            submit(() -> {});
            closed.close();
        }

        void write() {
            submit(() -> {});
        }

        void serve() {
            while (true) {
                switch (select(writes, closed)) {
                    case First(Value(Runnable write)) -> write.run();
                    case First(Closed()), Second(_) -> {
                        return;
                    }
                }
            }
        }
    }

    /// `grpc/1687`: the last write closes the channel of the writes. A later write sends to it.
    @Test
    void grpc1687() {
        found(
                ChanClosedException.class,
                "send on closed channel",
                () -> {
                    var transport = new Transport();
                    go(() -> {
                        transport.writeStatus();
                        transport.write();
                    });
                    transport.serve();
                });
    }

    /// The last write closes the transport instead.
    @Test
    void grpc1687Mended() {
        silent(() -> {
            var transport = new Transport();
            go(() -> {
                transport.writeStatusMended();
                transport.write();
            });
            transport.serve();
        });
    }

    /// Keeps only the newest update.
    private static final class Balancer {
        private final Chan<Boolean> updates = Chan.make(1);

        void update() {
            var _ = updates.tryRecv();
            updates.send(true);
        }
    }

    /// A connection, with a watcher that reports updates to the balancer. A closed connection has no balancer.
    @SuppressWarnings("NullAway") // the bug
    private static final class Connection {
        private final RWMutex mu = new RWMutex();
        private Balancer balancer = new Balancer();
        private final boolean mended;

        Connection(boolean mended) {
            this.mended = mended;
        }

        void watch() {
            try (var _ = mu.lock()) {
                if (mended && balancer == null) return;
                balancer.update();
            }
        }

        void close() {
            try (var _ = mu.lock()) {
                balancer = null;
            }
        }
    }

    /// `grpc/2371`: the watcher of a connection uses the balancer, although the connection may be closed.
    @Test
    void grpc2371() {
        found(NullPointerException.class, "balancer", () -> dialAndClose(false));
    }

    @Test
    void grpc2371Mended() {
        silent(() -> dialAndClose(true));
    }

    private static void dialAndClose(boolean mended) {
        for (int i = 0; i < 10; i++) {
            var connection = new Connection(mended);
            go(connection::watch);
            go(connection::close);
        }
        sleep(PAUSE);
    }

    private static final class Source {
        private Chan<Boolean> done = Chan.make();

        void start() {
            go(() -> done.recvOk());
        }

        void stop() {
            done.close();
        }

        void stopAndForget() {
            done.close();
            done = Chan.never();
        }
    }

    /// `istio/8967`: `stop` closes the channel and forgets it. The goroutine that it stops may not have read the variable yet.
    @Test
    void istio8967() {
        found(() -> {
            var source = new Source();
            source.start();
            source.stopAndForget();
            sleep(PAUSE);
        });
    }

    @Test
    void istio8967Mended() {
        silent(() -> {
            var source = new Source();
            source.start();
            source.stop();
            sleep(PAUSE);
        });
    }

    private interface Pool {
        void submit(Runnable work);

        void close();
    }

    private static final class ClosingPool implements Pool {
        private final WaitGroup open = new WaitGroup();
        private final Chan<Runnable> queue = Chan.make(5);
        private final Once once = new Once();

        ClosingPool() {
            go(() -> {
                for (Runnable work : queue) {
                    try {
                        work.run();
                    } finally {
                        open.done();
                    }
                }
            });
        }

        @Override
        public void submit(Runnable work) {
            open.add(1);
            queue.send(work);
        }

        @Override
        public void close() {
            once.run(() -> {
                queue.close();
                go(open::await);
            });
        }
    }

    /// The queue stays open. Another channel says that the pool is closed.
    private static final class SkippingPool implements Pool {
        private final WaitGroup open = new WaitGroup();
        private final Chan<Runnable> queue = Chan.make(5);
        private final Chan<Boolean> done = Chan.make();
        private final Once once = new Once();

        SkippingPool() {
            go(() -> {
                while (select(queue, done) instanceof First(Value(Runnable work))) {
                    work.run();
                    open.done();
                }
            });
        }

        @Override
        public void submit(Runnable work) {
            if (closed(done)) return;
            open.add(1);
            if (select(queue.sending(work), done) instanceof Second(_)) open.done();
        }

        @Override
        public void close() {
            once.run(done::close);
        }
    }

    /// `serving/3068`: a goroutine submits work to a pool after another one has closed it.
    @Test
    void serving3068() {
        found(ChanClosedException.class, "send on closed channel", () -> submitAndClose(new ClosingPool()));
    }

    @Test
    void serving3068Mended() {
        silent(() -> submitAndClose(new SkippingPool()));
    }

    private static void submitAndClose(Pool pool) {
        var wg = new WaitGroup();
        var executed = new AtomicInteger();
        wg.add(5);
        go(() -> {
            for (int i = 0; i < 5; i++) {
                pool.submit(executed::incrementAndGet);
                sleep(PAUSE);
                wg.done();
            }
        });
        pool.close();
        wg.await();
    }

    private static final class Watcher {
        final Chan<Boolean> updates = Chan.make();
        final Chan<Boolean> done = Chan.make();
    }

    private static final class Watchers {
        private final RWMutex mu = new RWMutex();

        private Watcher watcher(Chan<?> closedAtEnd, Watcher watcher) {
            try (var _ = mu.lock()) {
                go(closedAtEnd::close);
                return watcher;
            }
        }

        void update() {
            var watcher = new Watcher();
            watcher(watcher.updates, watcher).updates.send(true);
        }

        void updateMended() {
            var watcher = new Watcher();
            var _ = select(watcher(watcher.done, watcher).updates.sending(true), watcher.done);
        }
    }

    /// `serving/5865`: a goroutine that watches a revision closes the channel of its updates when it ends. Another goroutine
    /// sends an update.
    @Test
    void serving5865() {
        found(ChanClosedException.class, "send on closed channel", () -> new Watchers().update());
    }

    /// The goroutine closes another channel, which the sender also waits for.
    @Test
    void serving5865Mended() {
        silent(() -> new Watchers().updateMended());
    }
}
