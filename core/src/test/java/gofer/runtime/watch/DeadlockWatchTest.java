package gofer.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import gofer.fixture.Eventually;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.lock.MutexCore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A watch whose reports fail.
class DeadlockWatchTest implements DeadlockWatch.Report {

    private final List<G> stuck = new ArrayList<>();
    private final AtomicInteger reports = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final DeadlockWatch watch = new DeadlockWatch(null, this);
    private volatile Runnable callback = () -> {};

    @Override
    public void allAsleep() {}

    @Override
    public void asleepUnless(String sources) {}

    @Override
    public void waitForEachOther(Dump dump) {
        reports.incrementAndGet();
        callback.run();
    }

    private void deadlock() {
        var mutex = new MutexCore();
        G g =
                Goroutines.start(
                        "",
                        () -> {
                            try {
                                mutex.lock(null);
                                mutex.lock(null);
                            } catch (InterruptException stop) {
                                assertThat(Thread.interrupted()).isTrue();
                            }
                        });
        stuck.add(g);
        Eventually.blocked(g, WaitReason.MUTEX_LOCK);
    }

    @AfterEach
    void end() {
        watch.end();
        stuck.forEach(g -> g.thread().interrupt());
        stuck.forEach(Eventually::ended);
    }

    @Test
    void failedReportIsRepeatedAfterAnOutOfMemoryError() {
        deadlock();
        callback =
                () -> {
                    throw new OutOfMemoryError("as planned");
                };
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(watch::checkForLockCycles);
        callback = () -> {};
        watch.checkForLockCycles();
        assertThat(reports).hasValue(2);
        watch.checkForLockCycles();
        assertThat(reports).hasValue(2);
    }

    @Test
    void failedCallbackDoesNotEndTheWatch() {
        var failure = new IllegalStateException("as planned");
        callback =
                () -> {
                    throw failure;
                };
        watch.setUncaughtExceptionHandler((_, thrown) -> failures.add(thrown));
        watch.start();
        deadlock();
        Eventually.that("it is reported", () -> failures.contains(failure));
        deadlock();
        Eventually.that("so is the next", () -> failures.size() == 2);
        assertThat(reports).hasValue(2);
        assertThat(watch.isAlive()).isTrue();
    }
}
