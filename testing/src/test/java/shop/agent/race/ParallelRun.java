package shop.agent.race;

import static gofer.Go.go;
import static gofer.Go.numGoroutine;

import gofer.diagnostics.Race;
import gofer.goroutine.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A run of a body in a JVM with the race detector.
final class ParallelRun {

    /// The number of runs of each body.
    static final int COUNT = 20;

    private static final long MAX_SECONDS = 30;

    private static final List<String> REPORTS = new ArrayList<>(); // of the current run; guarded by itself

    static {
        Race.onReport(report -> {
            synchronized (REPORTS) {
                REPORTS.add(report.text());
            }
        });
    }

    private ParallelRun() {}

    /// Runs `body` in a goroutine, waits until it and the goroutines that it has started have ended, and returns the reports.
    static List<String> of(Body body) {
        synchronized (REPORTS) {
            REPORTS.clear();
        }
        int before = numGoroutine();
        var ended = new CountDownLatch(1);
        @Nullable Throwable[] thrown = {null};
        go(() -> {
            try {
                body.run();
            } catch (Throwable refused) {
                thrown[0] = refused;
            } finally {
                ended.countDown();
            }
        });
        await(ended);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (numGoroutine() > before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000);
        }
        if (thrown[0] != null) {
            throw new AssertionError("the body failed", thrown[0]);
        }
        synchronized (REPORTS) {
            return List.copyOf(REPORTS);
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(MAX_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the body has not ended after " + MAX_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
