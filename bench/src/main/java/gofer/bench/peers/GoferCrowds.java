package gofer.bench.peers;

import static gofer.Go.*;

import gofer.bench.Peer.Measured;
import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.goroutine.Goroutine;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Many starts, many waiting goroutines, and goroutines that compute while others communicate.
final class GoferCrowds {

    /// The crowd counts as asleep when this many goroutines, the last to be started, are asleep.
    private static final int LAST = 1000;

    private GoferCrowds() {}

    static void addTo(GoferPeer peer) {
        peer.row("start", GoferCrowds::start);
        peer.row("start-chain", GoferCrowds::chain);
        peer.measured("sieve", GoferCrowds::sieve);
        peer.row("park-million", GoferCrowds::park);
        peer.measured("memory-million", GoferCrowds::memory);
        peer.measured("latency-p50", n -> latency(n, 50));
        peer.measured("latency-p99", n -> latency(n, 99));
    }

    private static long start(int n) {
        var counter = new AtomicInteger();
        var wg = new WaitGroup();
        for (int i = 0; i < n; i++) {
            wg.go(counter::incrementAndGet);
        }
        wg.await();
        return counter.get();
    }

    private static long chain(int n) {
        Chan<Integer> last = Chan.make();
        go(() -> link(1, n, last));
        return last.recv();
    }

    private static void link(int i, int n, Chan<Integer> last) {
        if (i == n) {
            last.send(n);
        } else {
            go(() -> link(i + 1, n, last));
        }
    }

    private static Measured sieve(int n) {
        long start = System.nanoTime();
        var enough = new AtomicBoolean();
        RecvChan<Integer> numbers = generate(enough);
        int prime = 0;
        for (int i = 0; i < n; i++) {
            prime = numbers.recv();
            numbers = filter(numbers, prime);
        }
        long nanos = System.nanoTime() - start;
        enough.set(true);
        for (int _ : numbers) {
            // until all filters have ended
        }
        return new Measured(nanos, prime);
    }

    private static RecvChan<Integer> generate(AtomicBoolean enough) {
        Chan<Integer> out = Chan.make();
        go(() -> {
            for (int i = 2; !enough.get(); i++) {
                out.send(i);
            }
            out.close();
        });
        return out;
    }

    private static RecvChan<Integer> filter(RecvChan<Integer> in, int prime) {
        Chan<Integer> out = Chan.make();
        go(() -> {
            for (int i : in) {
                if (i % prime != 0) {
                    out.send(i);
                }
            }
            out.close();
        });
        return out;
    }

    private static long park(int n) {
        var crowd = new Crowd(n);
        crowd.awaitParked();
        return crowd.release();
    }

    private static Measured memory(int n) {
        long before = Gauge.heapInUse();
        var crowd = new Crowd(n);
        crowd.awaitParked();
        long bytes = Gauge.heapInUse() - before;
        return new Measured(bytes, crowd.release());
    }

    /// Goroutines that wait on one channel.
    private static final class Crowd {

        private final int size;
        private final Chan<Integer> gate = Chan.make();
        private final WaitGroup wg = new WaitGroup();
        private final AtomicInteger started = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private final Goroutine[] last;

        Crowd(int size) {
            this.size = size;
            last = new Goroutine[Math.min(size, LAST)];
            wg.add(size);
            for (int i = 0; i < size; i++) {
                last[i % last.length] = go(this::member);
            }
        }

        private void member() {
            started.incrementAndGet();
            gate.recvOk();
            ended.incrementAndGet();
            wg.done();
        }

        void awaitParked() {
            while (started.get() < size) {
                gosched();
            }
            for (Goroutine goroutine : last) {
                while (goroutine.state() != Goroutine.State.WAITING) {
                    gosched();
                }
            }
        }

        int release() {
            gate.close();
            wg.await();
            return ended.get();
        }
    }

    private static Measured latency(int n, int percent) {
        var done = new AtomicBoolean();
        var busy = new WaitGroup();
        for (int i = 2 * gomaxprocs(0); i > 0; i--) {
            busy.go(() -> {
                while (!done.get()) {
                    Gauge.compute();
                    gosched();
                }
            });
        }
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        go(() -> {
            for (int i : ping) {
                pong.send(i);
            }
        });
        long[] nanos = new long[n];
        for (int i = 0; i < n; i++) {
            long start = System.nanoTime();
            ping.send(i);
            pong.recv();
            nanos[i] = System.nanoTime() - start;
        }
        ping.close();
        done.set(true);
        busy.await();
        return new Measured(Gauge.percentile(nanos, percent) * n, 1);
    }
}
