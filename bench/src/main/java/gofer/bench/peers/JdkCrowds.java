package gofer.bench.peers;

import gofer.bench.Peer.Measured;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Many starts, many waiting virtual threads, and threads that compute while others communicate.
final class JdkCrowds {

    /// Follows the last number of a sieve.
    private static final int END = -1;

    /// The crowd counts as asleep when this many threads, the last to be started, are asleep.
    private static final int LAST = 1000;

    private JdkCrowds() {}

    static void addTo(JdkPeer peer) {
        peer.row("start", JdkCrowds::start);
        peer.row("start-chain", JdkCrowds::chain);
        peer.measured("sieve", JdkCrowds::sieve);
        peer.row("park-million", JdkCrowds::park);
        peer.measured("memory-million", JdkCrowds::memory);
        peer.measured("latency-p50", n -> latency(n, 50));
        peer.measured("latency-p99", n -> latency(n, 99));
    }

    private static long start(int n) throws InterruptedException {
        var counter = new AtomicInteger();
        var running = new CountDownLatch(n);
        for (int i = 0; i < n; i++) {
            Thread.startVirtualThread(() -> {
                counter.incrementAndGet();
                running.countDown();
            });
        }
        running.await();
        return counter.get();
    }

    private static long chain(int n) throws InterruptedException {
        var last = new SynchronousQueue<Integer>();
        JdkPeer.start(() -> link(1, n, last));
        return last.take();
    }

    private static void link(int i, int n, BlockingQueue<Integer> last) throws InterruptedException {
        if (i == n) {
            last.put(n);
        } else {
            JdkPeer.start(() -> link(i + 1, n, last));
        }
    }

    private static Measured sieve(int n) throws InterruptedException {
        long start = System.nanoTime();
        var enough = new AtomicBoolean();
        var numbers = generate(enough);
        int prime = 0;
        for (int i = 0; i < n; i++) {
            prime = numbers.take();
            numbers = filter(numbers, prime);
        }
        long nanos = System.nanoTime() - start;
        enough.set(true);
        while (numbers.take() != END) {
            // until all filters have ended
        }
        return new Measured(nanos, prime);
    }

    private static BlockingQueue<Integer> generate(AtomicBoolean enough) {
        var out = new SynchronousQueue<Integer>();
        JdkPeer.start(() -> {
            for (int i = 2; !enough.get(); i++) {
                out.put(i);
            }
            out.put(END);
        });
        return out;
    }

    private static BlockingQueue<Integer> filter(BlockingQueue<Integer> in, int prime) {
        var out = new SynchronousQueue<Integer>();
        JdkPeer.start(() -> {
            for (int i = in.take(); i != END; i = in.take()) {
                if (i % prime != 0) {
                    out.put(i);
                }
            }
            out.put(END);
        });
        return out;
    }

    private static long park(int n) throws InterruptedException {
        var crowd = new Crowd(n);
        crowd.awaitParked();
        return crowd.release();
    }

    private static Measured memory(int n) throws InterruptedException {
        long before = Gauge.heapInUse();
        var crowd = new Crowd(n);
        crowd.awaitParked();
        long bytes = Gauge.heapInUse() - before;
        return new Measured(bytes, crowd.release());
    }

    /// Threads that wait at one gate.
    private static final class Crowd {

        private final CountDownLatch gate = new CountDownLatch(1);
        private final CountDownLatch running;
        private final int size;
        private final AtomicInteger started = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Thread[] last;

        Crowd(int size) {
            this.size = size;
            running = new CountDownLatch(size);
            last = new Thread[Math.min(size, LAST)];
            for (int i = 0; i < size; i++) {
                last[i % last.length] = JdkPeer.start(this::member);
            }
        }

        private void member() throws InterruptedException {
            started.incrementAndGet();
            gate.await();
            ended.incrementAndGet();
            running.countDown();
        }

        void awaitParked() {
            while (started.get() < size) {
                Thread.yield();
            }
            for (Thread thread : last) {
                while (thread.getState() != Thread.State.WAITING) {
                    Thread.yield();
                }
            }
        }

        int release() throws InterruptedException {
            gate.countDown();
            running.await();
            return ended.get();
        }
    }

    private static Measured latency(int n, int percent) throws InterruptedException {
        var done = new AtomicBoolean();
        int computing = 2 * JdkPeer.procs();
        var running = new CountDownLatch(computing);
        for (int i = 0; i < computing; i++) {
            JdkPeer.start(() -> {
                while (!done.get()) {
                    Gauge.compute();
                    Thread.yield();
                }
                running.countDown();
            });
        }
        var ping = new SynchronousQueue<Integer>();
        var pong = new SynchronousQueue<Integer>();
        JdkPeer.start(() -> {
            for (int i = ping.take(); i != END; i = ping.take()) {
                pong.put(i);
            }
        });
        long[] nanos = new long[n];
        for (int i = 0; i < n; i++) {
            long start = System.nanoTime();
            ping.put(i);
            pong.take();
            nanos[i] = System.nanoTime() - start;
        }
        ping.put(END);
        done.set(true);
        running.await();
        return new Measured(Gauge.percentile(nanos, percent) * n, 1);
    }
}
