package gofer.testing.loops;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;

import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.group.Weighted;
import gofer.sync.Cond;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Loops that lock, wait for conditions, or use plain Java.
final class LockingLoops {

    private LockingLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("two locks by tryLock, with random pauses", LockingLoops::politeByChance),
                LoopProgram.withFaultyVariant("two locks by tryLock, with yields", LockingLoops::politeTwins),
                LoopProgram.withFaultyVariant("a bounded buffer with conditions", LockingLoops::boundedBuffer),
                LoopProgram.withFaultyVariant("a condition and two kinds of waiters", LockingLoops::twoKinds),
                LoopProgram.withFaultyVariant("a condition with a context", LockingLoops::conditionWithContext),
                LoopProgram.withFaultyVariant("a semaphore in a loop", LockingLoops::semaphore),
                LoopProgram.withFaultyVariant("turns by number", LockingLoops::turns),
                LoopProgram.withFaultyVariant("Object.wait in a loop", LockingLoops::objectWait),
                LoopProgram.withFaultyVariant("a queue with a pill at its end", LockingLoops::poisonPill),
                LoopProgram.withFaultyVariant("Thread.yield until a flag is set", LockingLoops::threadYield),
                LoopProgram.withFaultyVariant("a virtual thread until it is interrupted", LockingLoops::interrupted),
                LoopProgram.withFaultyVariant("an executor with a flag to stop", LockingLoops::executor),
                LoopProgram.withFaultyVariant("a ReentrantLock by tryLock", LockingLoops::reentrantLock),
                LoopProgram.withFaultyVariant("rounds of a Phaser", LockingLoops::phaser));
    }

    private interface Pause {
        void run();
    }

    /// Locks `first`, and tries `second`. If `second` is locked, unlocks `first`, pauses and starts again.
    private static void both(Mutex first, Mutex second, boolean unlocks, Pause pause) {
        while (true) {
            first.lock();
            if (second.tryLock()) {
                if (unlocks) second.unlock();
                first.unlock();
                return;
            }
            first.unlock();
            pause.run();
        }
    }

    private static void politeByChance(boolean correct) {
        var a = new Mutex();
        var b = new Mutex();
        var all = new WaitGroup();
        var chance = new Random(1);
        var other = new Random(2);
        all.go(() -> both(a, b, correct, () -> sleep(Duration.ofMillis(chance.nextInt(10)))));
        all.go(() -> both(a, b, correct, () -> sleep(Duration.ofMillis(other.nextInt(10)))));
        all.await();
    }

    private static void politeTwins(boolean correct) {
        var a = new Mutex();
        var b = new Mutex();
        var all = new WaitGroup();
        if (!correct) b.lock(); // never unlocked
        all.go(() -> both(a, b, true, () -> gosched()));
        all.go(() -> both(correct ? b : a, correct ? a : b, true, () -> gosched()));
        all.await();
    }

    private static void boundedBuffer(boolean correct) {
        var mu = new Mutex();
        var notEmpty = new Cond(mu);
        var notFull = new Cond(mu);
        var queue = new ArrayDeque<Integer>();
        boolean[] done = {false};
        var consumers = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            consumers.go(() -> {
                while (true) {
                    try (var _ = mu.lock()) {
                        while (queue.isEmpty() && !done[0]) {
                            notEmpty.await();
                        }
                        if (queue.isEmpty()) return;
                        queue.remove();
                        notFull.signal();
                    }
                }
            });
        }
        for (int i = 0; i < 4; i++) {
            try (var _ = mu.lock()) {
                while (queue.size() == 1) {
                    notFull.await();
                }
                queue.add(i);
                notEmpty.signal();
            }
        }
        try (var _ = mu.lock()) {
            done[0] = true;
            if (correct) notEmpty.broadcast();
        }
        consumers.await();
    }

    /// A signal may wake the wrong waiter.
    private static void twoKinds(boolean correct) {
        var mu = new Mutex();
        var changed = new Cond(mu);
        int[] state = {0};
        var all = new WaitGroup();
        for (int i = 1; i <= 2; i++) {
            int mine = i;
            all.go(() -> {
                try (var _ = mu.lock()) {
                    while (state[0] != mine) {
                        changed.await();
                    }
                    state[0]++;
                    if (correct) changed.broadcast();
                    else changed.signal();
                }
            });
        }
        try (var _ = mu.lock()) {
            state[0] = 1;
            if (correct) changed.broadcast();
            else changed.signal();
        }
        all.await();
    }

    private static void conditionWithContext(boolean correct) {
        var mu = new Mutex();
        var changed = new Cond(mu);
        try (CancelContext ctx = Context.background().withTimeout(Duration.ofSeconds(2))) {
            var all = new WaitGroup();
            all.go(() -> {
                try (var _ = mu.lock()) {
                    while (ctx.err() == null) {
                        try {
                            if (correct) changed.await(ctx);
                            else changed.await();
                        } catch (gofer.context.ContextException cancelled) {
                            return;
                        }
                    }
                }
            });
            try (var _ = mu.lock()) {
                changed.broadcast();
            }
            all.await();
        }
    }

    private static void semaphore(boolean correct) {
        var tokens = new Weighted(2);
        var stop = new AtomicBoolean();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                while (!stop.get()) {
                    try (var _ = tokens.acquire(1)) {
                        gosched();
                    }
                }
            });
        }
        all.go(() -> {
            try (var _ = tokens.acquire(2)) {
                stop.set(correct);
            }
        });
        all.await();
    }

    private static void turns(boolean correct) {
        var mu = new Mutex();
        int[] turn = {0};
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int mine = i;
            all.go(() -> {
                for (int round = 0; round < 3; ) {
                    try (var _ = mu.lock()) {
                        if (turn[0] % 2 == mine) {
                            turn[0] += correct || round < 2 ? 1 : 2;
                            round++;
                        }
                    }
                }
            });
        }
        all.await();
    }

    private static void objectWait(boolean correct) {
        var monitor = new Object();
        int[] ready = {0};
        var all = new WaitGroup();
        all.go(
                "waiter",
                () -> {
                    synchronized (monitor) {
                        while (ready[0] < 2) {
                            monitor.wait();
                        }
                    }
                });
        for (int i = 0; i < 2; i++) {
            all.go(
                    "setter",
                    () -> {
                        synchronized (monitor) {
                            ready[0]++;
                            if (correct) monitor.notifyAll();
                        }
                    });
        }
        all.await();
    }

    private static void poisonPill(boolean correct) {
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (queue.take() >= 0) {
                    gosched();
                }
                if (correct) queue.add(-1);
            });
        }
        for (int i = 0; i < 3; i++) {
            queue.add(i);
        }
        queue.add(-1);
        all.await();
    }

    private static void threadYield(boolean correct) throws InterruptedException {
        var flag = new AtomicBoolean();
        Thread thread =
                Thread.startVirtualThread(() -> {
                    while (!flag.get()) {
                        Thread.yield();
                    }
                });
        go(() -> flag.set(correct));
        thread.join();
    }

    private static void interrupted(boolean correct) throws InterruptedException {
        Thread thread =
                Thread.startVirtualThread(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.yield();
                    }
                });
        if (correct) thread.interrupt();
        thread.join();
    }

    private static void executor(boolean correct) throws Exception {
        var stop = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                var _ =
                        executor.submit(() -> {
                            started.countDown();
                            while (!stop.get()) {
                                Thread.yield();
                            }
                        });
            }
            started.await();
            stop.set(correct);
        }
    }

    private static void reentrantLock(boolean correct) {
        var lock = new ReentrantLock();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!lock.tryLock()) {
                    gosched();
                }
                gosched();
                if (correct) lock.unlock();
            });
        }
        all.await();
    }

    private static void phaser(boolean correct) {
        var phaser =
                new Phaser(3) {
                    @Override
                    protected boolean onAdvance(int phase, int parties) {
                        return correct && phase == 2;
                    }
                };
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                while (!phaser.isTerminated()) {
                    phaser.arriveAndAwaitAdvance();
                }
            });
        }
        all.await();
    }
}
