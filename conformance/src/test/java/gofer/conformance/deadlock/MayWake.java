package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import gofer.diagnostics.Deadlocks;
import gofer.signal.Signal;
import gofer.signal.Signals;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sources from which the value can still come.
enum MayWake implements Source {
    THREAD {
        @Override
        public void open() {
            new Thread(MayWake::late).start();
        }
    },
    DAEMON {
        @Override
        public void open() {
            Thread.ofPlatform().daemon().start(MayWake::late);
        }
    },
    SIGNAL {
        @Override
        public void open() {
            Signals.notify(Chan.make(1), Signal.SIGTERM);
        }
    },
    VIRTUAL_THREAD {
        @Override
        public void open() {
            Thread.startVirtualThread(MayWake::late);
        }
    },
    POOL {
        @Override
        public void open() {
            Executors.newSingleThreadExecutor().execute(MayWake::late);
        }
    },
    COMMON_POOL {
        @Override
        public void open() {
            ForkJoinPool.commonPool().execute(MayWake::late);
        }
    },
    VIRTUAL_EXECUTOR {
        @Override
        public void open() {
            var executor = Executors.newVirtualThreadPerTaskExecutor();
            KEPT.add(executor); // otherwise its threads would be garbage
            executor.execute(MayWake::late);
        }
    },
    SCHEDULER {
        @Override
        public void open() {
            var _ = Executors.newScheduledThreadPool(1).schedule(Asleep::answer, 1, TimeUnit.HOURS);
        }
    },
    TIMER {
        @Override
        public void open() {
            new Timer()
                    .schedule(
                            new TimerTask() {
                                @Override
                                public void run() {
                                    Asleep.answer();
                                }
                            },
                            LATER.toMillis());
        }
    },
    DELAY {
        @Override
        public void open() {
            var _ =
                    new CompletableFuture<Integer>()
                            .completeOnTimeout(1, LATER.toMillis(), TimeUnit.MILLISECONDS)
                            .thenAccept(_ -> Asleep.answer());
        }
    },
    PROCESS {
        @Override
        public void open() throws Exception {
            var _ = new ProcessBuilder("cat").start().onExit().thenRun(Asleep::answer); // waits for its input
        }
    },
    CLEANER {
        @Override
        public void open() {
            var _ = Cleaner.create().register(new Object(), Asleep::answer);
        }
    },
    CLEANER_OF_A_CLEANER {
        @Override
        public void open() {
            var cleaner = Cleaner.create();
            var second = new Object();
            cleaner.register(second, Asleep::answer);
            cleaner.register(new Object(), () -> KEPT.remove(second)); // which releases it
        }
    },
    FUNCTION {
        @Override
        public void open() {
            Go.afterFunc(LATER, Asleep::answer);
        }
    },
    SOCKET {
        @Override
        public void open() throws Exception {
            ServerSocket server = server();
            Go.go(() -> {
                server.accept();
                Asleep.answer();
            });
        }
    },
    HTTP_REQUEST {
        @Override
        public void open() throws Exception {
            ServerSocket server = server(); // never accepts
            HttpClient client = HttpClient.newHttpClient();
            KEPT.add(client);
            var _ =
                    client.sendAsync(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.getLocalPort()))
                                            .build(),
                                    BodyHandlers.discarding())
                            .thenRun(Asleep::answer);
        }
    },
    ASYNCHRONOUS_CHANNEL {
        @Override
        public void open() throws Exception {
            var server = AsynchronousServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            KEPT.add(server.accept());
        }
    },
    /// Two goroutines. At every moment one of them is awake, but a snapshot can find both asleep.
    PING_PONG {
        @Override
        public void open() {
            var there = new LinkedBlockingQueue<Integer>();
            var back = new LinkedBlockingQueue<Integer>();
            Go.go(() -> {
                while (true) {
                    there.put(back.take());
                }
            });
            Go.go(() -> {
                back.put(1);
                while (true) {
                    back.put(there.take());
                }
            });
        }
    },
    CALLBACK {
        @Override
        public void open() {
            LOG.setLevel(Level.OFF);
            Deadlocks.watch(_ -> late()); // which receives the same report
        }
    },
    SHUTDOWN {
        @Override
        public void open() {
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> {
                                Asleep.answer();
                                Go.block();
                            }));
        }
    };

    private static final Duration LATER = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger("gofer.deadlocks"); // a strong reference keeps it disabled

    private static final List<Object> KEPT = new CopyOnWriteArrayList<>();

    private static ServerSocket server() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void late() {
        while (true) {
            LockSupport.park();
        }
    }
}
