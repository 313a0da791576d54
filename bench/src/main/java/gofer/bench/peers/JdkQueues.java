package gofer.bench.peers;

import gofer.bench.Peer.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Threads hand over values, also in the workloads of crossbeam.
final class JdkQueues {

    /// The last value for each receiver.
    private static final int END = -1;

    private JdkQueues() {}

    static void addTo(JdkPeer peer) {
        peer.row("ping-pong", JdkQueues::pingPong);
        stream(peer, 1, 1, 0);
        stream(peer, 1, 1, 1);
        stream(peer, 1, 1, 16);
        stream(peer, 1, 1, 128);
        stream(peer, 1, 1, 1024);
        stream(peer, 4, 4, 0);
        stream(peer, 4, 4, 128);
        stream(peer, 100, 100, 0);
        stream(peer, 100, 100, 128);
        ring(peer, 10);
        ring(peer, 1000);
        ring(peer, 100_000);
        ring(peer, 1_000_000);
        peer.row("stream-unbounded", n -> stream(n, 1, 1, new LinkedBlockingQueue<>()));
        peer.row("broadcast-4", JdkQueues::broadcast);
        peer.row("crossbeam-seq", JdkQueues::sequential);
        peer.row("crossbeam-spsc", n -> pass(n, 1, 1));
        peer.row("crossbeam-mpsc", n -> pass(n, 4, 1));
        peer.row("crossbeam-mpmc", n -> pass(n, 4, 4));
    }

    private static void stream(JdkPeer peer, int senders, int receivers, int capacity) {
        peer.row("stream-" + senders + "x" + receivers + "-" + capacity, n -> stream(n, senders, receivers, capacity));
    }

    private static void ring(JdkPeer peer, int size) {
        peer.measured("ring-" + size, n -> ring(n, size));
    }

    private static long pingPong(int n) throws InterruptedException {
        var ping = new SynchronousQueue<Integer>();
        var pong = new SynchronousQueue<Integer>();
        JdkPeer.start(() -> {
            for (int i = ping.take(); i != END; i = ping.take()) {
                pong.put(i);
            }
        });
        long same = 0;
        for (int i = 0; i < n; i++) {
            ping.put(i);
            if (pong.take() == i) {
                same++;
            }
        }
        ping.put(END);
        return same;
    }

    private static long stream(int n, int senders, int receivers, int capacity) throws InterruptedException {
        return stream(
                n, senders, receivers, capacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(capacity));
    }

    private static long stream(int n, int senders, int receivers, BlockingQueue<Integer> queue)
            throws InterruptedException {
        var sending = new CountDownLatch(senders);
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            JdkPeer.start(() -> {
                put(queue, from, from + n / senders);
                sending.countDown();
            });
        }
        JdkPeer.start(() -> {
            sending.await();
            for (int r = 0; r < receivers; r++) {
                queue.put(END);
            }
        });
        var sum = new AtomicLong();
        var receiving = new CountDownLatch(receivers);
        for (int r = 0; r < receivers; r++) {
            JdkPeer.start(() -> {
                long own = 0;
                for (int value = queue.take(); value != END; value = queue.take()) {
                    own += value;
                }
                sum.addAndGet(own);
                receiving.countDown();
            });
        }
        receiving.await();
        return sum.get();
    }

    private static long broadcast(int n) {
        var sum = new AtomicLong();
        List<CompletableFuture<Void>> receiving = new ArrayList<>();
        try (var publisher = new SubmissionPublisher<Integer>(ForkJoinPool.commonPool(), n)) {
            for (int s = 0; s < 4; s++) {
                receiving.add(publisher.consume(sum::addAndGet));
            }
            for (int i = 0; i < n; i++) {
                publisher.submit(i);
            }
        }
        receiving.forEach(CompletableFuture::join);
        return sum.get();
    }

    private static Measured ring(int n, int size) throws InterruptedException {
        long start = System.nanoTime();
        var result = new ArrayBlockingQueue<Integer>(1);
        var running = new CountDownLatch(size);
        var first = new SynchronousQueue<Integer>();
        var in = first;
        for (int i = 1; i <= size; i++) {
            var from = in;
            var to = i == size ? first : new SynchronousQueue<Integer>();
            JdkPeer.start(() -> {
                pass(from, to, n, result);
                running.countDown();
            });
            in = to;
        }
        first.put(0);
        int token = result.take();
        long nanos = System.nanoTime() - start;
        running.await();
        return new Measured(nanos, token);
    }

    private static void pass(
            BlockingQueue<Integer> in, BlockingQueue<Integer> out, int n, BlockingQueue<Integer> result)
            throws InterruptedException {
        for (int token = in.take(); token != END; token = in.take()) {
            if (token == n) {
                result.put(token);
                out.put(END);
                in.take(); // the token has gone around the ring
                return;
            }
            out.put(token + 1);
        }
        out.put(END);
    }

    private static long sequential(int n) throws InterruptedException {
        var queue = new ArrayBlockingQueue<Integer>(n);
        put(queue, 0, n);
        return take(queue, n);
    }

    private static long pass(int n, int senders, int receivers) throws InterruptedException {
        var queue = new ArrayBlockingQueue<Integer>(n);
        var sum = new AtomicLong();
        var running = new CountDownLatch(senders + receivers);
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            JdkPeer.start(() -> {
                put(queue, from, from + n / senders);
                running.countDown();
            });
        }
        for (int r = 0; r < receivers; r++) {
            JdkPeer.start(() -> {
                sum.addAndGet(take(queue, n / receivers));
                running.countDown();
            });
        }
        running.await();
        return sum.get();
    }

    private static void put(BlockingQueue<Integer> queue, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            queue.put(i);
        }
    }

    private static long take(BlockingQueue<Integer> queue, int n) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += queue.take();
        }
        return sum;
    }
}
