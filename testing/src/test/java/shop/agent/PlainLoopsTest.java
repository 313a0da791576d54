package shop.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.Strategy;
import gofer.testing.loops.LoopProgram;
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

/// An exploration finds no fault in programs of plain Java that loop until they are stopped. It finds the fault of each variant
/// that is never stopped. See the tests of the package loops. This class is not in a package of Gofer, because classes of Gofer
/// get no scheduling points.
class PlainLoopsTest {

    private static final boolean STRESS = Boolean.getBoolean("gofer.stress");
    private static final int SCHEDULES = Integer.getInteger("gofer.loops.schedules", STRESS ? 10 : 3);

    private static final class Flag {
        volatile boolean set;
    }

    private static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("spin on a volatile flag", PlainLoopsTest::volatileFlag),
                LoopProgram.withFaultyVariant("spin with a hint", PlainLoopsTest::onSpinWait),
                LoopProgram.withFaultyVariant("spin and yield", PlainLoopsTest::threadYield),
                LoopProgram.withFaultyVariant("check between two sleeps", PlainLoopsTest::checkBetweenSleeps),
                LoopProgram.withFaultyVariant("poll a queue with a timeout", PlainLoopsTest::pollWithTimeout),
                LoopProgram.withFaultyVariant("offer to a queue with a timeout", PlainLoopsTest::offerWithTimeout),
                LoopProgram.withFaultyVariant("wait for a monitor with a timeout", PlainLoopsTest::timedWait),
                LoopProgram.withFaultyVariant("wait for a condition with a timeout", PlainLoopsTest::timedCondition),
                LoopProgram.withFaultyVariant("tryLock with a timeout", PlainLoopsTest::timedTryLock),
                LoopProgram.withFaultyVariant("an executor with a flag", PlainLoopsTest::executor),
                LoopProgram.withFaultyVariant("a compare-and-set that is repeated", PlainLoopsTest::compareAndSet),
                LoopProgram.withFaultyVariant("hand-offs between two threads", PlainLoopsTest::handOffs));
    }

    private static void volatileFlag(boolean correct) throws InterruptedException {
        var flag = new Flag();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.set) {
                        // polls
                    }
                });
        flag.set = correct;
        worker.join();
    }

    private static void onSpinWait(boolean correct) throws InterruptedException {
        var flag = new AtomicBoolean();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.get()) {
                        Thread.onSpinWait();
                    }
                });
        flag.set(correct);
        worker.join();
    }

    private static void threadYield(boolean correct) throws InterruptedException {
        var flag = new Flag();
        Thread worker =
                Thread.startVirtualThread(() -> {
                    while (!flag.set) {
                        Thread.yield();
                    }
                });
        flag.set = correct;
        worker.join();
    }

    private static void checkBetweenSleeps(boolean correct) throws InterruptedException {
        var flag = new Flag();
        go(() -> {
            Thread.sleep(2000);
            flag.set = correct;
        });
        while (!flag.set) {
            Thread.sleep(100);
        }
    }

    private static void pollWithTimeout(boolean correct) throws InterruptedException {
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        var stop = new AtomicBoolean();
        Thread consumer =
                Thread.startVirtualThread(() -> {
                    try {
                        while (!stop.get()) {
                            queue.poll(1, TimeUnit.SECONDS);
                        }
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
        queue.add(1);
        Thread.sleep(3000);
        stop.set(correct);
        consumer.join();
    }

    private static void offerWithTimeout(boolean correct) throws InterruptedException {
        BlockingQueue<Integer> queue = new SynchronousQueue<>();
        go(() -> {
            Thread.sleep(3000);
            if (correct) queue.take();
        });
        while (!queue.offer(1, 500, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
    }

    private static void timedWait(boolean correct) throws InterruptedException {
        var monitor = new Object();
        boolean[] ready = {false};
        Thread waiter =
                Thread.startVirtualThread(() -> {
                    synchronized (monitor) {
                        while (!ready[0]) {
                            try {
                                monitor.wait(1000);
                            } catch (InterruptedException interrupted) {
                                return;
                            }
                        }
                    }
                });
        Thread.sleep(2500);
        synchronized (monitor) {
            ready[0] = correct;
        }
        waiter.join();
    }

    private static void timedCondition(boolean correct) throws InterruptedException {
        var lock = new ReentrantLock();
        Condition changed = lock.newCondition();
        boolean[] ready = {false};
        go(() -> {
            Thread.sleep(2500);
            lock.lock();
            try {
                ready[0] = correct;
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

    private static void timedTryLock(boolean correct) throws InterruptedException {
        var lock = new ReentrantLock();
        lock.lock();
        Thread other =
                Thread.startVirtualThread(() -> {
                    try {
                        while (!lock.tryLock(1, TimeUnit.SECONDS)) {
                            Thread.onSpinWait();
                        }
                        lock.unlock();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
        Thread.sleep(2500);
        if (correct) lock.unlock();
        other.join();
    }

    private static void executor(boolean correct) {
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
            stop.set = correct;
        }
    }

    private static void compareAndSet(boolean correct) throws InterruptedException {
        var taken = new AtomicBoolean();
        Runnable task =
                () -> {
                    while (!taken.compareAndSet(false, true)) {
                        Thread.onSpinWait();
                    }
                    taken.set(!correct);
                };
        Thread one = Thread.startVirtualThread(task);
        Thread other = Thread.startVirtualThread(task);
        one.join();
        other.join();
    }

    private static void handOffs(boolean correct) throws InterruptedException {
        var ping = new SynchronousQueue<Integer>();
        var pong = new SynchronousQueue<Integer>();
        Thread other = Thread.startVirtualThread(() -> handOn(ping, pong));
        int n = 0;
        while (n < 10 || !correct) {
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
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noFaultIsReportedForALoopThatEnds(LoopProgram program) {
        for (Strategy strategy : Strategy.values()) {
            Exploration result = Explore.schedules(SCHEDULES).strategy(strategy).search(program.correct());
            assertThat(result.faults()).as("%s", strategy).extracting(Fault::text).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("faultyVariants")
    void faultOfEachVariantIsFound(LoopProgram program, Strategy strategy) {
        Exploration result = Explore.schedules(1000).strategy(strategy).search(program.faulty());
        LoopProgram.assertFaultIsFound(result);
    }

    /// Builds run a third of the programs, each by one strategy, unless a thousand schedules are asked for.
    static Stream<Arguments> faultyVariants() {
        List<LoopProgram> all = all();
        Strategy[] strategies = Strategy.values();
        return all.stream()
                .filter(program -> SCHEDULES >= 1000 || all.indexOf(program) % 3 == 0)
                .flatMap(program ->
                        Stream.of(strategies)
                                .filter(strategy ->
                                        SCHEDULES >= 1000
                                                || strategy == strategies[all.indexOf(program) % strategies.length])
                                .map(strategy -> Arguments.of(program, strategy)));
    }
}
