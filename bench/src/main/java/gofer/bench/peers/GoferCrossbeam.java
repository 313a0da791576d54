package gofer.bench.peers;

import static gofer.Go.*;

import gofer.chan.Chan;
import gofer.chan.Closed;
import gofer.chan.First;
import gofer.chan.Fourth;
import gofer.chan.Second;
import gofer.chan.Third;
import gofer.chan.Value;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicLong;

/// The workloads of crossbeam's own benchmark, with channels that are never full.
final class GoferCrossbeam {

    private GoferCrossbeam() {}

    static void addTo(GoferPeer peer) {
        peer.row("crossbeam-seq", GoferCrossbeam::sequential);
        peer.row("crossbeam-spsc", n -> pass(n, 1, 1));
        peer.row("crossbeam-mpsc", n -> pass(n, 4, 1));
        peer.row("crossbeam-mpmc", n -> pass(n, 4, 4));
        peer.row("crossbeam-select-rx", GoferCrossbeam::selectReceiving);
        peer.row("crossbeam-select-both", GoferCrossbeam::selectBoth);
    }

    private static long sequential(int n) {
        Chan<Integer> c = Chan.make(n);
        send(c, 0, n);
        return receive(c, n);
    }

    private static long pass(int n, int senders, int receivers) {
        Chan<Integer> c = Chan.make(n);
        var sum = new AtomicLong();
        var wg = new WaitGroup();
        for (int s = 0; s < senders; s++) {
            int from = s * (n / senders);
            wg.go(() -> send(c, from, from + n / senders));
        }
        for (int r = 0; r < receivers; r++) {
            wg.go(() -> sum.addAndGet(receive(c, n / receivers)));
        }
        wg.await();
        return sum.get();
    }

    private static long selectReceiving(int n) {
        var four = new Four(n);
        go(() -> send(four.a, 0, n / 4));
        go(() -> send(four.b, n / 4, n / 2));
        go(() -> send(four.c, n / 2, n / 4 * 3));
        go(() -> send(four.d, n / 4 * 3, n));
        return four.receive(n);
    }

    private static long selectBoth(int n) {
        var four = new Four(n);
        var sum = new AtomicLong();
        var wg = new WaitGroup();
        for (int s = 0; s < 4; s++) {
            int from = s * (n / 4);
            wg.go(() -> four.send(from, from + n / 4));
        }
        for (int r = 0; r < 4; r++) {
            wg.go(() -> sum.addAndGet(four.receive(n / 4)));
        }
        wg.await();
        return sum.get();
    }

    private static void send(Chan<Integer> c, int from, int to) {
        for (int i = from; i < to; i++) {
            c.send(i);
        }
    }

    private static long receive(Chan<Integer> c, int n) {
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum += c.recv();
        }
        return sum;
    }

    private record Four(Chan<Integer> a, Chan<Integer> b, Chan<Integer> c, Chan<Integer> d) {

        Four(int capacity) {
            this(Chan.make(capacity), Chan.make(capacity), Chan.make(capacity), Chan.make(capacity));
        }

        void send(int from, int to) {
            for (int i = from; i < to; i++) {
                var _ = select(a.sending(i), b.sending(i), c.sending(i), d.sending(i));
            }
        }

        long receive(int n) {
            long sum = 0;
            for (int i = 0; i < n; i++) {
                sum +=
                        switch (select(a, b, c, d)) {
                            case First(Value(var value)) -> value;
                            case Second(Value(var value)) -> value;
                            case Third(Value(var value)) -> value;
                            case Fourth(Value(var value)) -> value;
                            case First(Closed()), Second(Closed()), Third(Closed()), Fourth(Closed()) ->
                                    throw new IllegalStateException("closed");
                        };
            }
            return sum;
        }
    }
}
