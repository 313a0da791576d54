package gofer.runtime.program;

import gofer.goroutine.Body;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.watch.DeadlockWatch;
import gofer.runtime.watch.Dump;
import gofer.runtime.watch.MemoryWatch;
import gofer.runtime.watch.OutOfMemoryExit;
import gofer.runtime.watch.WakeupSources;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// A program that runs by Go's rules: it ends when its main goroutine returns, or when an exception leaves any
/// goroutine.
public final class Program {

    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    /// Guards the next two fields. It is held while a report is printed, so that the program does not end meanwhile.
    private static final ReentrantLock END = new ReentrantLock();

    private static boolean ending; // this class has begun to end the process
    private static long lastIdBefore; // id of the last goroutine started before that

    private Program() {}

    /// Returns whether this process runs such a program.
    public static boolean isRunning() {
        return RUNNING.get();
    }

    /// Runs `body` as the main goroutine, and exits with status 0 when it returns. Does not return.
    public static void main(Body body) {
        Objects.requireNonNull(body, "go of nil func value");
        if (!RUNNING.compareAndSet(false, true)) {
            throw new IllegalStateException("Go.main is already running");
        }
        var mainEnded = new CountDownLatch(1);
        Goroutines.startMain(
                () -> {
                    body.run();
                    exit(0);
                },
                mainEnded::countDown,
                Program::panic);
        new DeadlockWatch(Thread.currentThread(), new Report()).start();
        OutOfMemoryExit.prepare();
        new MemoryWatch().start();
        await(mainEnded);
        // The main goroutine has called goexit. Other goroutines continue, and timers start functions when they are
        // due. When nothing more can happen, the watch ends the program.
        await(new CountDownLatch(1));
    }

    /// Reports an exception that has left `g`, and exits with status 2. Returns only if the process is already ending;
    /// then the goroutine ends, and a shutdown hook that waits for it continues. If this class has begun to end the
    /// process, only exceptions of goroutines that a shutdown hook has started are reported.
    static void panic(G g, Throwable thrown) {
        END.lock();
        try {
            if (!ending || g.origin().isLaterThan(lastIdBefore, g.id())) {
                System.err.print(PanicReport.of(g, thrown, Traceback.of(System.getenv("GOTRACEBACK"))));
            }
        } catch (OutOfMemoryError | NoClassDefFoundError full) { // the second if loading a class ran out of memory
            OutOfMemoryExit.outOfMemory();
        } finally {
            end(2);
        }
    }

    private static final class Report implements DeadlockWatch.Report {

        /// Prints the report and exits with status 2.
        @Override
        public void allAsleep() {
            END.lock();
            try {
                if (!ending) {
                    System.err.print("fatal error: " + standstill() + " - deadlock!\n" + dump());
                }
            } finally {
                end(2);
            }
        }

        /// Prints a warning. The program continues, because something may still wake the goroutines.
        @Override
        public void asleepUnless(String sources) {
            END.lock();
            try {
                if (!ending) {
                    System.err.print(
                            "warning: "
                                    + standstill()
                                    + " - deadlock, unless "
                                    + sources
                                    + " wakes one!\n"
                                    + WakeupSources.howToBeCertain()
                                    + dump());
                }
            } finally {
                END.unlock();
            }
        }

        private static String standstill() {
            return WakeupSources.haveAllEnded()
                    ? "no goroutines (main called runtime.Goexit)"
                    : "all goroutines are asleep";
        }

        private static String dump() {
            return WakeupSources.haveAllEnded() ? "" : "\n" + Goroutines.inspect(() -> Dump.take().text());
        }

        /// Prints a warning. The program continues, because other goroutines may.
        @Override
        public void waitForEachOther(Dump stuck) {
            System.err.print("warning: goroutines wait for each other's locks forever - deadlock!\n\n" + stuck.text());
        }
    }

    /// Exits with `status`. Does not return.
    private static void exit(int status) {
        END.lock();
        end(status);
        await(new CountDownLatch(1));
    }

    /// Ends the process unless it is already ending. The caller holds the lock, and this method releases it.
    ///
    /// Exits on a platform thread: the exit may have to wait for a shutdown hook, and a goroutine that waits may not
    /// get its processor back from one that computes.
    private static void end(int status) {
        try {
            boolean first;
            try {
                first = !ending && !isShuttingDown();
                if (first) {
                    lastIdBefore = Goroutines.lastId();
                    ending = true;
                }
            } finally {
                END.unlock();
            }
            if (first) {
                exitElsewhere(status);
            }
        } catch (OutOfMemoryError | NoClassDefFoundError full) { // the second if loading a class ran out of memory
            Runtime.getRuntime().halt(status);
        }
    }

    private static void exitElsewhere(int status) {
        try {
            Thread.ofPlatform().name("gofer exit").start(() -> System.exit(status));
        } catch (OutOfMemoryError noThread) {
            System.exit(status);
        }
        await(new CountDownLatch(1));
    }

    /// Returns whether a signal or a call of [System#exit] has begun to end the process.
    private static boolean isShuttingDown() {
        Thread hook = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException inProgress) {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        for (; ; ) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // Waits on: only the end of the process, or of its goroutines, ends this wait.
            }
        }
    }
}
