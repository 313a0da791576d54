package gofer.bench.peers;

import static gofer.Go.*;

import gofer.chan.Biased;
import gofer.chan.Broadcast;
import gofer.chan.Chan;
import gofer.chan.First;
import gofer.chan.Overflow;
import gofer.chan.Second;
import gofer.chan.Subscription;
import gofer.chan.Value;
import gofer.group.ResultGroup;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicLong;

/// What Go does not have.
final class GoferBeyond {

    private GoferBeyond() {}

    static void addTo(GoferPeer peer) {
        peer.row("biased-2", GoferBeyond::biased);
        peer.row("stream-unbounded", GoferBeyond::unbounded);
        peer.row("latest", GoferBeyond::latest);
        peer.row("broadcast-4", n -> broadcast(n, 4));
        peer.row("results-100", GoferBeyond::results);
    }

    private static long biased(int n) {
        Chan<Integer> a = Chan.make(128);
        Chan<Integer> b = Chan.make(128);
        go(() -> send(a, 0, n / 2));
        go(() -> send(b, n / 2, n));
        long sum = 0;
        for (int i = 0; i < n; i++) {
            sum +=
                    switch (Biased.select(a, b)) {
                        case First(Value(var value)) -> value;
                        case Second(Value(var value)) -> value;
                        case First(_), Second(_) -> throw new IllegalStateException("closed");
                    };
        }
        return sum;
    }

    private static long unbounded(int n) {
        Chan<Integer> c = Chan.make(Chan.UNBOUNDED);
        go(() -> {
            send(c, 0, n);
            c.close();
        });
        long sum = 0;
        for (int value : c) {
            sum += value;
        }
        return sum;
    }

    private static long latest(int n) {
        Chan<Integer> c = Chan.make(1, Overflow.DROP_OLDEST);
        go(() -> {
            send(c, 0, n);
            c.close();
        });
        long last = -1;
        for (int value : c) {
            last = value;
        }
        return last;
    }

    private static long broadcast(int n, int subscribers) {
        Broadcast<Integer> all = new Broadcast<>();
        var sum = new AtomicLong();
        var receiving = new WaitGroup();
        for (int s = 0; s < subscribers; s++) {
            Subscription<Integer> subscription = all.subscribe(n);
            receiving.go(() -> {
                long own = 0;
                for (int value : subscription.chan()) {
                    own += value;
                }
                sum.addAndGet(own);
            });
        }
        for (int i = 0; i < n; i++) {
            all.send(i);
        }
        all.close();
        receiving.await();
        return sum.get();
    }

    private static long results(int n) throws Exception {
        long sum = 0;
        for (int round = 0; round < n / 100; round++) {
            var group = new ResultGroup<Integer>();
            for (int i = 0; i < 100; i++) {
                int task = i;
                group.go(_ -> task);
            }
            for (int result : group.await()) {
                sum += result;
            }
        }
        return sum;
    }

    private static void send(Chan<Integer> c, int from, int to) {
        for (int i = from; i < to; i++) {
            c.send(i);
        }
    }
}
