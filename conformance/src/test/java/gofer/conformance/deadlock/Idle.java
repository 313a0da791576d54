package gofer.conformance.deadlock;

import com.sun.net.httpserver.HttpServer;
import gofer.Go;
import gofer.chan.Chan;
import gofer.signal.Signal;
import gofer.signal.Signals;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jdk.jfr.Recording;

/// Sources that have no work left, so the value cannot come from them.
enum Idle implements Source {
    NOTHING {
        @Override
        public void open() {}
    },
    SIGNAL {
        @Override
        public void open() {
            Chan<Signal> chan = Chan.make(1);
            Signals.notify(chan, Signal.SIGTERM, Signal.SIGUSR1);
            Signals.stop(chan);
            Signals.ignore(Signal.SIGHUP);
        }
    },
    COMMON_POOL {
        @Override
        public void open() throws Exception {
            ForkJoinPool.commonPool().submit(() -> 1).get();
        }
    },
    FORK_JOIN_POOL {
        @Override
        public void open() throws Exception {
            var pool = new ForkJoinPool(2);
            KEPT.add(pool);
            pool.submit(() -> 1).get();
        }
    },
    FIXED_POOL {
        @Override
        public void open() throws Exception {
            var pool = Executors.newFixedThreadPool(2);
            KEPT.add(pool);
            pool.submit(() -> 1).get();
        }
    },
    CACHED_POOL {
        @Override
        public void open() throws Exception {
            Executors.newCachedThreadPool().submit(() -> 1).get();
        }
    },
    SCHEDULER {
        @Override
        public void open() throws Exception {
            var pool = Executors.newScheduledThreadPool(1);
            KEPT.add(pool);
            pool.schedule(() -> 1, 1, TimeUnit.MILLISECONDS).get();
        }
    },
    TIMER {
        @Override
        public void open() {
            KEPT.add(new Timer());
        }
    },
    DELAY {
        @Override
        public void open() throws Exception {
            new CompletableFuture<Integer>().completeOnTimeout(1, 1, TimeUnit.MILLISECONDS).get();
        }
    },
    PROCESS {
        @Override
        public void open() throws Exception {
            new ProcessBuilder("true").start().onExit().get();
        }
    },
    CLEANER {
        @Override
        public void open() {
            KEPT.add(Cleaner.create().register(Asleep.awaited(), () -> {}));
        }
    },
    SOCKET {
        @Override
        public void open() throws Exception {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Go.go(() -> new Socket(server.getInetAddress(), server.getLocalPort()).close());
                server.accept().getInputStream().read();
            }
        }
    },
    ASYNCHRONOUS_FILE {
        @Override
        public void open() throws Exception {
            Path file = Files.createTempFile("idle", "");
            try (var channel = AsynchronousFileChannel.open(file)) {
                channel.read(ByteBuffer.allocate(1), 0).get();
            } finally {
                Files.delete(file);
            }
        }
    },
    HTTP_CLIENT {
        @Override
        public void open() throws Exception {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.sendResponseHeaders(204, -1);
                        exchange.close();
                    });
            server.start();
            HttpClient client = HttpClient.newHttpClient();
            KEPT.add(client);
            client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.getAddress().getPort())).build(),
                    BodyHandlers.discarding());
            server.stop(0);
        }
    },
    LOGGER {
        @Override
        public void open() {
            Logger.getLogger("idle").log(Level.FINE, "nothing");
        }
    },
    /// Two threads that are not goroutines, also asleep.
    SLEEPERS {
        @Override
        public void open() {
            Chan<Integer> never = Chan.make();
            Thread.ofPlatform().start(never::recv);
            Thread.startVirtualThread(never::recv);
        }
    },
    MONITOR {
        @Override
        public void open() {
            var inside = new CountDownLatch(1);
            Chan<Integer> never = Chan.make();
            var monitor = new Object();
            Go.go(() -> {
                synchronized (monitor) {
                    inside.countDown();
                    never.recv();
                }
            });
            Go.go(() -> {
                inside.await();
                synchronized (monitor) {
                    never.send(1);
                }
            });
        }
    },
    LATCH {
        @Override
        public void open() {
            Go.go(() -> new CountDownLatch(1).await());
        }
    },
    USED_FLIGHT_RECORDER {
        @Override
        public void open() {
            try (var recording = new Recording()) {
                recording.start();
            }
        }
    },
    FLIGHT_RECORDER {
        @Override
        public void open() {
            var recording = new Recording();
            recording.enable("jdk.CPULoad").withPeriod(Duration.ofMillis(20));
            recording.setDuration(Duration.ofHours(1));
            recording.start();
            KEPT.add(recording);
        }
    };

    private static final List<Object> KEPT = new CopyOnWriteArrayList<>();
}
