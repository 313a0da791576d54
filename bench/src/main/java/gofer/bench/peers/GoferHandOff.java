package gofer.bench.peers;

import static gofer.Go.*;

import gofer.bench.Peer.Measured;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicLong;

/// Goroutines hand over values.
final class GoferHandOff {

    private GoferHandOff() {}

    static void addTo(GoferPeer peer) {
        peer.row("ping-pong", GoferHandOff::pingPong);
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
    }

    private static void stream(GoferPeer peer, int senders, int receivers, int capacity) {
        peer.row("stream-" + senders + "x" + receivers + "-" + capacity, n -> stream(n, senders, receivers, capacity));
    }

    private static void ring(GoferPeer peer, int size) {
        peer.measured("ring-" + size, n -> ring(n, size));
    }

    private static long pingPong(int n) {
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        go(() -> {
            for (int i : ping) {
                pong.send(i);
            }
        });
        long same = 0;
        for (int i = 0; i < n; i++) {
            ping.send(i);
            if (pong.recv() == i) {
                same++;
            }
        }
        ping.close();
        return same;
    }

    private static long stream(int n, int senders, int receivers, int capacity) {
        Chan<Integer> c = Chan.make(capacity);
        var sending = new WaitGroup();
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            int to = from + n / senders;
            sending.go(() -> {
                for (int i = from; i < to; i++) {
                    c.send(i);
                }
            });
        }
        go(() -> {
            sending.await();
            c.close();
        });
        var sum = new AtomicLong();
        var receiving = new WaitGroup();
        for (int r = 0; r < receivers; r++) {
            receiving.go(() -> {
                long own = 0;
                for (int value : c) {
                    own += value;
                }
                sum.addAndGet(own);
            });
        }
        receiving.await();
        return sum.get();
    }

    private static Measured ring(int n, int size) {
        long start = System.nanoTime();
        Chan<Integer> result = Chan.make(1);
        var all = new WaitGroup();
        Chan<Integer> first = Chan.make();
        Chan<Integer> in = first;
        for (int i = 1; i < size; i++) {
            Chan<Integer> from = in;
            Chan<Integer> to = Chan.make();
            all.go(() -> pass(from, to, n, result));
            in = to;
        }
        Chan<Integer> last = in;
        all.go(() -> pass(last, first, n, result));
        first.send(0);
        int token = result.recv();
        long nanos = System.nanoTime() - start;
        all.await();
        return new Measured(nanos, token);
    }

    /// The goroutine that gets the last token closes the channel to the next one, which then does the same.
    private static void pass(Chan<Integer> in, Chan<Integer> out, int n, Chan<Integer> result) {
        for (int token : in) {
            if (token == n) {
                result.send(token);
                break;
            }
            out.send(token + 1);
        }
        out.close();
    }
}
