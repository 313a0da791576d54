package gofer.conformance.deadlock;

import gofer.Go;
import gofer.chan.Chan;
import gofer.diagnostics.Deadlocks;
import gofer.fixture.Eventually;
import gofer.goroutine.WaitReason;
import gofer.runtime.Innards;
import java.lang.ref.Cleaner;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A program whose main goroutine waits for a value that may still come, from where the argument says. Prints whether the
/// watch calls that a deadlock.
final class Asleep {

    private static final Chan<Integer> ANSWER = Chan.make();

    private static final Logger LOG = Logger.getLogger("gofer.deadlocks"); // held, so that it stays off

    /// From where it may come.
    enum Source {
        NOWHERE {
            @Override
            void open() {}
        },
        THREAD {
            @Override
            void open() {
                new Thread(Asleep::late).start();
            }
        },
        VIRTUAL_THREAD {
            @Override
            void open() {
                Thread.startVirtualThread(Asleep::late);
            }
        },
        POOL {
            @Override
            void open() {
                Executors.newSingleThreadExecutor().execute(Asleep::late);
            }
        },
        VIRTUAL_EXECUTOR {
            @Override
            void open() {
                Executors.newVirtualThreadPerTaskExecutor().execute(Asleep::late);
            }
        },
        PROCESS {
            @Override
            void open() throws Exception {
                var _ = new ProcessBuilder("cat").start().onExit().thenRun(Asleep::answer); // which waits for its input
            }
        },
        CLEANER {
            @Override
            void open() {
                var _ = Cleaner.create().register(new Object(), Asleep::answer);
            }
        },
        FUNCTION {
            @Override
            void open() {
                Go.afterFunc(Duration.ofHours(1), Asleep::answer);
            }
        },
        SOCKET {
            @Override
            void open() throws Exception {
                var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Go.go(() -> {
                    server.accept();
                    answer();
                });
            }
        },
        CALLBACK {
            @Override
            void open() {
                LOG.setLevel(Level.OFF);
                Deadlocks.watch(_ -> late()); // which is told of the same
            }
        },
        SHUTDOWN {
            @Override
            void open() {
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(() -> {
                                    answer();
                                    Go.block();
                                }));
            }
        };

        abstract void open() throws Exception;
    }

    private static void late() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void answer() {
        ANSWER.send(1);
    }

    public static void main(String[] args) {
        Source source = Source.valueOf(args[0]);
        Thread caller = Thread.currentThread();
        Go.main(() -> {
            Thread main = Thread.currentThread();
            source.open();
            Innards.startQuietThread(() -> ask(source, caller, main));
            ANSWER.recv();
            System.out.println("woken");
            Runtime.getRuntime().halt(0);
        });
    }

    private static void ask(Source source, Thread caller, Thread main) {
        Eventually.blocked(main, WaitReason.CHAN_RECEIVE);
        System.out.println("deadlock: " + Innards.nothingCanHappen(caller));
        if (source == Source.SHUTDOWN) {
            System.exit(0);
        }
        Runtime.getRuntime().halt(0);
    }
}
