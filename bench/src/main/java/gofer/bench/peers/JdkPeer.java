package gofer.bench.peers;

import gofer.bench.Peer;
import gofer.bench.Peer.Measured;
import gofer.bench.Peer.Measurement;
import gofer.bench.Workload;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The JDK's version of the rows: `java.util.concurrent` on virtual threads. It leaves out rows for which the JDK has no idiom:
/// select, a tree of contexts, once.
public final class JdkPeer {

    private final Peer peer = new Peer("JDK " + Runtime.version().feature()).procs(virtualThreads()::setParallelism);

    private JdkPeer() {}

    /// Runs rows until the input ends.
    public static void main(String[] args) throws IOException {
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            System.exit(2);
        });
        var rows = new JdkPeer();
        JdkQueues.addTo(rows);
        JdkCrowds.addTo(rows);
        JdkSync.addTo(rows);
        JdkTasks.addTo(rows);
        rows.peer.serve();
    }

    /// A part of a row.
    @FunctionalInterface
    interface Part {
        void run() throws Exception;
    }

    /// Runs `part` in a virtual thread. A failure ends the process.
    static Thread start(Part part) {
        return Thread.startVirtualThread(() -> {
            try {
                part.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /// Returns the number of virtual threads that can run at the same time.
    static int procs() {
        return virtualThreads().getParallelism();
    }

    /// Adds a row whose time is measured. It runs in a virtual thread, like all its parts.
    void row(String name, Workload workload) {
        measured(
                name,
                n -> {
                    long start = System.nanoTime();
                    long result = workload.run(n);
                    return new Measured(System.nanoTime() - start, result);
                });
    }

    /// Adds a row that measures itself.
    void measured(String name, Measurement measurement) {
        peer.measured(name, n -> inVirtualThread(() -> measurement.run(n)));
    }

    private static <T> T inVirtualThread(Callable<T> callable) throws Exception {
        var task = new FutureTask<>(callable);
        Thread.startVirtualThread(task);
        return task.get();
    }

    private static VirtualThreadSchedulerMXBean virtualThreads() {
        return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    }
}
