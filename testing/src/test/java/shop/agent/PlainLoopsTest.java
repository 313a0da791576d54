package shop.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// No fault is reported for programs of plain Java that loop until they are told to stop. The fault of each variant that is
/// never told is found. See the tests of the package loops. This class is outside of Gofer's packages, whose classes get no
/// scheduling points.
class PlainLoopsTest {

    private static final int SCHEDULES = Integer.getInteger("gofer.loops.schedules", 10);

    interface Program {
        void run(boolean mended) throws Throwable;
    }

    record Looping(String name, Program program) {
        Body body(boolean mended) {
            return () -> program.run(mended);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final class Flag {
        volatile boolean set;
    }

    private static List<Looping> all() {
        return List.of(
                new Looping("spin on a volatile flag", PlainLoopsTest::volatileFlag),
                new Looping("spin with a hint", PlainLoopsTest::onSpinWait),
                new Looping("spin and yield", PlainLoopsTest::threadYield),
                new Looping("look between two sleeps", PlainLoopsTest::sleepyLook),
                new Looping("poll a queue with a timeout", PlainLoopsTest::pollWithTimeout),
                new Looping("offer to a queue with a timeout", PlainLoopsTest::offerWithTimeout),
                new Looping("wait for a monitor with a timeout", PlainLoopsTest::timedWait),
                new Looping("wait for a condition with a timeout", PlainLoopsTest::timedCondition),
                new Looping("tryLock with a timeout", PlainLoopsTest::timedTryLock),
                new Looping("an executor with a flag", PlainLoopsTest::executor),
                new Looping("a compare-and-set that is repeated", PlainLoopsTest::compareAndSet),
                new Looping("hand-offs between two threads", PlainLoopsTest::handOffs));
    }

    private static void volatileFlag(boolean mended) throws InterruptedException {
        var flag = new Flag();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.set) {
                        // polls
                    }
                });
        flag.set = mended;
        worker.join();
    }

    private static void onSpinWait(boolean mended) throws InterruptedException {
        var flag = new AtomicBoolean();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.get()) {
                        Thread.onSpinWait();
                    }
                });
        flag.set(mended);
        worker.join();
    }

    private static void threadYield(boolean mended) throws InterruptedException {
        var flag = new Flag();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.set) {
                        Thread.yield();
                    }
                });
        flag.set = mended;
        worker.join();
    }

    private static void sleepyLook(boolean mended) throws InterruptedException {
        var flag = new Flag();
        go(() -> {
            Thread.sleep(2000);
            flag.set = mended;
        });
        while (!flag.set) {
            Thread.sleep(100);
        }
    }

    private static void pollWithTimeout(boolean mended) throws InterruptedException {
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        var stop = new AtomicBoolean();
        Thread consumer =
                Thread.startVirtualThread(() -> {
                    try {
                        while (!stop.get()) {
                            queue.poll(1, TimeUnit.SECONDS);
                        }
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                });
        queue.add(1);
        Thread.sleep(3000);
        stop.set(mended);
        consumer.join();
    }

    private static void offerWithTimeout(boolean mended) throws InterruptedException {
        BlockingQueue<Integer> queue = new SynchronousQueue<>();
        go(() -> {
            Thread.sleep(3000);
            if (mended) queue.take();
        });
        while (!queue.offer(1, 500, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
    }

    private static void timedWait(boolean mended) throws InterruptedException {
        var monitor = new Object();
        boolean[] ready = {false};
        Thread waiter =
                Thread.startVirtualThread(() -> {
                    synchronized (monitor) {
                        while (!ready[0]) {
                            try {
                                monitor.wait(1000);
                            } catch (InterruptedException over) {
                                return;
                            }
                        }
                    }
                });
        Thread.sleep(2500);
        synchronized (monitor) {
            ready[0] = mended;
        }
        waiter.join();
    }

    private static void timedCondition(boolean mended) throws InterruptedException {
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        boolean[] ready = {false};
        go(() -> {
            Thread.sleep(2500);
            lock.lock();
            try {
                ready[0] = mended;
            } finally {
                lock.unlock();
            }
        });
        lock.lock();
        try {
            while (!ready[0]) {
                var _ = changed.await(1, TimeUnit.SECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private static void timedTryLock(boolean mended) throws InterruptedException {
        var lock = new ReentrantLock();
        lock.lock();
        Thread other =
                Thread.startVirtualThread(() -> {
                    try {
                        while (!lock.tryLock(1, TimeUnit.SECONDS)) {
                            Thread.onSpinWait();
                        }
                        lock.unlock();
                    } catch (InterruptedException over) {
                        Thread.currentThread().interrupt();
                    }
                });
        Thread.sleep(2500);
        if (mended) lock.unlock();
        other.join();
    }

    private static void executor(boolean mended) {
        var stop = new Flag();
        var rounds = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2; i++) {
                var _ =
                        executor.submit(() -> {
                            while (!stop.set) {
                                rounds.incrementAndGet();
                            }
                        });
            }
            stop.set = mended;
        }
    }

    private static void compareAndSet(boolean mended) throws InterruptedException {
        var taken = new AtomicBoolean();
        Runnable task =
                () -> {
                    while (!taken.compareAndSet(false, true)) {
                        Thread.onSpinWait();
                    }
                    taken.set(!mended);
                };
        Thread one = Thread.startVirtualThread(task);
        Thread other = Thread.startVirtualThread(task);
        one.join();
        other.join();
    }

    private static void handOffs(boolean mended) throws InterruptedException {
        var ping = new SynchronousQueue<Integer>();
        var pong = new SynchronousQueue<Integer>();
        Thread other = Thread.startVirtualThread(() -> handOn(ping, pong));
        int n = 0;
        while (n < 10 || !mended) {
            ping.put(n);
            n = pong.take();
        }
        other.interrupt();
        other.join();
    }

    private static void handOn(SynchronousQueue<Integer> from, SynchronousQueue<Integer> to) {
        try {
            while (true) {
                to.put(from.take() + 1);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noFaultIsReportedForALoopThatEnds(Looping looping) {
        for (Strategy strategy : Strategy.values()) {
            Exploration result = Explore.schedules(SCHEDULES).strategy(strategy).search(looping.body(true));
            assertThat(result.faults()).as("%s", strategy).extracting(Fault::text).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void faultOfEachVariantIsFound(Looping looping, Strategy strategy) {
        Exploration result = Explore.schedules(1000).strategy(strategy).search(looping.body(false));
        assertThat(result.faults()).as(result.summary()).hasSize(1);
        assertThat(result.faults().getFirst().message())
                .containsAnyOf(
                        "still running after",
                        "goroutines do nothing but poll and yield",
                        "deadlock",
                        "are blocked forever");
    }

    /// In each build, each by one strategy.
    static Stream<Arguments> twins() {
        List<Looping> all = all();
        Strategy[] strategies = Strategy.values();
        return all.stream()
                .flatMap(looping ->
                        Stream.of(strategies)
                                .filter(strategy ->
                                        SCHEDULES >= 1000
                                                || strategy == strategies[all.indexOf(looping) % strategies.length])
                                .map(strategy -> Arguments.of(looping, strategy)));
    }
}
