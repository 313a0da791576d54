package gofer.bench.peers;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Timers and groups.
final class JdkTasks {

    private JdkTasks() {}

    static void addTo(JdkPeer peer) {
        peer.row("timer-after-func", JdkTasks::delayed);
        peer.row("timer-reset", JdkTasks::reset);
        peer.row("ticker", JdkTasks::tickers);
        peer.row("err-group", JdkTasks::limited);
        peer.row("semaphore", JdkTasks::semaphore);
        peer.row("results-100", JdkTasks::results);
    }

    private static ScheduledThreadPoolExecutor newTimer() {
        var timer = new ScheduledThreadPoolExecutor(1);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static long delayed(int n) throws InterruptedException {
        try (var timer = newTimer()) {
            var count = new AtomicInteger();
            var running = new CountDownLatch(n);
            for (int i = 0; i < n; i++) {
                var _ =
                        timer.schedule(
                                () -> {
                                    count.incrementAndGet();
                                    running.countDown();
                                },
                                1 + i % 10,
                                MILLISECONDS);
            }
            running.await();
            return count.get();
        }
    }

    private static long reset(int n) {
        try (var timer = newTimer()) {
            long active = 0;
            Runnable nothing = () -> {};
            Future<?> hour = timer.schedule(nothing, 1, HOURS);
            for (int i = 0; i < n; i++) {
                if (hour.cancel(false)) {
                    active++;
                }
                hour = timer.schedule(nothing, 1, HOURS);
            }
            hour.cancel(false);
            return active;
        }
    }

    private static long tickers(int n) throws InterruptedException {
        try (var timer = newTimer()) {
            var ticks = new AtomicInteger();
            var running = new CountDownLatch(n / 10);
            for (int t = 0; t < n / 10; t++) {
                JdkPeer.start(() -> {
                    var pending = new ArrayBlockingQueue<Instant>(1);
                    var ticker = timer.scheduleAtFixedRate(() -> pending.offer(Instant.now()), 1, 1, MILLISECONDS);
                    for (int i = 0; i < 10; i++) {
                        pending.take();
                        ticks.incrementAndGet();
                    }
                    ticker.cancel(false);
                    running.countDown();
                });
            }
            running.await();
            return ticks.get();
        }
    }

    private static long limited(int n) throws Exception {
        var counter = new AtomicInteger();
        var limit = new Semaphore(8);
        var failure = new AtomicReference<@Nullable Throwable>();
        for (int i = 0; i < n; i++) {
            limit.acquire();
            Thread.startVirtualThread(() -> {
                try {
                    counter.incrementAndGet();
                } catch (Throwable failed) {
                    failure.compareAndSet(null, failed);
                } finally {
                    limit.release();
                }
            });
        }
        limit.acquire(8); // all have ended
        Throwable first = failure.get();
        if (first != null) {
            throw new IllegalStateException(first);
        }
        return counter.get();
    }

    private static long semaphore(int n) throws InterruptedException {
        var counts = new AtomicLong();
        var ten = new Semaphore(10);
        var running = new CountDownLatch(100);
        for (int t = 0; t < 100; t++) {
            JdkPeer.start(() -> {
                for (int i = 0; i < n / 100; i++) {
                    ten.acquire();
                    try {
                        counts.incrementAndGet();
                    } finally {
                        ten.release();
                    }
                }
                running.countDown();
            });
        }
        running.await();
        return counts.get();
    }

    private static long results(int n) throws Exception {
        List<Callable<Integer>> tasks = IntStream.range(0, 100).<Callable<Integer>>mapToObj(i -> () -> i).toList();
        long sum = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < n / 100; round++) {
                for (Future<Integer> result : executor.invokeAll(tasks)) {
                    sum += result.get();
                }
            }
        }
        return sum;
    }
}
