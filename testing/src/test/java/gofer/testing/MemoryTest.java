package gofer.testing;

import static gofer.Go.go;
import static gofer.Go.select;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A search keeps no more memory after many schedules than after a few. `-Dgofer.memory.schedules=1000000` takes a minute.
/// The profile `stress` runs a tenth of that.
class MemoryTest {

    private static final long SCHEDULES =
            Long.getLong("gofer.memory.schedules", Boolean.getBoolean("gofer.stress") ? 100_000 : 20_000);

    private static final long SLACK = 1 << 20; // for allocations of the JVM itself

    /// Runs goroutines that end, that fail, or that are blocked forever, and a timer without a waiter.
    @SuppressWarnings("AbandonedSender")
    private static void various() {
        var mu = new Mutex();
        var wg = new WaitGroup();
        wg.add(2);
        for (int i = 0; i < 2; i++) {
            go(() -> {
                try (var _ = mu.lock()) {
                    wg.done();
                }
            });
        }
        wg.await();
        Chan<Integer> answer = Chan.make();
        go(() -> answer.send(1));
        var _ = select(answer, Go.after(Duration.ofHours(1)), Go.after(Duration.ofSeconds(1)));
    }

    @Test
    void manySchedulesTakeNoMoreMemoryThanAFew() {
        expectSameMemory(SCHEDULES, MemoryTest::various);
    }

    /// Includes the threads of an executor that is not closed.
    @Test
    void plainThreadsLeftBehindTakeNoMemory() {
        expectSameMemory(
                SCHEDULES / 50,
                () -> {
                    Thread.startVirtualThread(LockSupport::park);
                    Executors.newVirtualThreadPerTaskExecutor().execute(LockSupport::park);
                });
    }

    private static void expectSameMemory(long schedules, Body body) {
        long few = heldAfter(schedules / 10, body);
        long many = heldAfter(schedules, body);
        assertThat(many - few).isLessThan(SLACK);
    }

    /// Returns the live memory after this many schedules, while the search is still running.
    private static long heldAfter(long schedules, Body body) {
        long[] held = {0};
        long[] run = {0};
        Explore.schedules(schedules)
                .all()
                .outcome(() -> {
                    if (++run[0] == schedules) held[0] = live();
                    return "";
                })
                .search(body);
        assertThat(run[0]).isGreaterThanOrEqualTo(schedules);
        return held[0];
    }

    private static long live() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
