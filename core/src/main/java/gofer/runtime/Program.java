package gofer.runtime;

import gofer.goroutine.Body;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// A program run by Go's rules: it ends when its main goroutine returns, or when an exception leaves any goroutine.
public final class Program {

    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    /// Taken, and never given back, by the thread that ends the program: a report that is being printed is finished.
    private static final ReentrantLock END = new ReentrantLock();

    private Program() {}

    /// Whether this process is such a program.
    public static boolean isRunning() {
        return RUNNING.get();
    }

    /// Runs `body` as the main goroutine, and exits with status 0 when it returns. Does not return.
    public static void main(Body body) {
        Objects.requireNonNull(body, "go of nil func value");
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("Go.main is already running");
        }
        G main =
                Goroutines.startMain(() -> {
                    body.run();
                    exit(0);
                });
        join(main);
        // The main goroutine has called goexit. The others go on, and functions run when their time comes; when the
        // last of both has ended, nothing can happen.
        do {
            for (List<G> rest = Goroutines.all(); !rest.isEmpty(); rest = Goroutines.all()) {
                rest.forEach(Program::join);
            }
        } while (Timers.awaitNext() || !Goroutines.all().isEmpty());
        System.err.println("fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
        exit(2);
    }

    /// Reports an exception that left `g`, and exits with status 2.
    static void panic(G g, Throwable thrown) {
        END.lock();
        try {
            System.err.print(PanicReport.of(g, thrown));
        } finally {
            System.exit(2);
        }
    }

    private static void exit(int status) {
        END.lock();
        System.exit(status);
    }

    private static void join(G g) {
        for (; ; ) {
            try {
                g.thread().join();
                return;
            } catch (InterruptedException ignored) {
                // The thread that called main has nothing else to do: what it waits for is the end of the process.
            }
        }
    }
}
