package gofer.bench.peers;

import static gofer.Go.*;

import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.group.ErrGroup;
import gofer.group.Weighted;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Timers, contexts and groups.
final class GoferTasks {

    private GoferTasks() {}

    static void addTo(GoferPeer peer) {
        peer.row("timer-after-func", GoferTasks::afterFuncs);
        peer.row("timer-reset", GoferTasks::reset);
        peer.row("ticker", GoferTasks::tickers);
        peer.row("context-tree", GoferTasks::contexts);
        peer.row("err-group", GoferTasks::errGroup);
        peer.row("semaphore", GoferTasks::semaphore);
    }

    private static long afterFuncs(int n) {
        var count = new AtomicInteger();
        var wg = new WaitGroup();
        wg.add(n);
        for (int i = 0; i < n; i++) {
            afterFunc(
                    Duration.ofMillis(1 + i % 10),
                    () -> {
                        count.incrementAndGet();
                        wg.done();
                    });
        }
        wg.await();
        return count.get();
    }

    private static long reset(int n) {
        var hour = Duration.ofHours(1);
        var alarm = Alarm.in(hour);
        long active = 0;
        for (int i = 0; i < n; i++) {
            if (alarm.reset(hour)) {
                active++;
            }
        }
        alarm.stop();
        return active;
    }

    private static long tickers(int n) {
        var ticks = new AtomicInteger();
        var wg = new WaitGroup();
        for (int g = 0; g < n / 10; g++) {
            wg.go(() -> {
                var ticker = Ticker.every(Duration.ofMillis(1));
                for (int i = 0; i < 10; i++) {
                    ticker.c().recv();
                    ticks.incrementAndGet();
                }
                ticker.stop();
            });
        }
        wg.await();
        return ticks.get();
    }

    private static long contexts(int n) {
        long done = 0;
        for (int i = 0; i < n / 1000; i++) {
            var tree = new CancelContext[1000];
            tree[0] = Context.background().withCancel();
            for (int c = 1; c < tree.length; c++) {
                tree[c] = tree[(c - 1) / 10].withCancel();
            }
            tree[0].cancel();
            for (var ctx : tree) {
                if (ctx.isDone()) {
                    done++;
                }
            }
        }
        return done;
    }

    private static long errGroup(int n) throws Exception {
        var counter = new AtomicInteger();
        var g = new ErrGroup().limit(8);
        for (int i = 0; i < n; i++) {
            g.go(counter::incrementAndGet);
        }
        g.await();
        return counter.get();
    }

    private static long semaphore(int n) {
        var counts = new AtomicLong();
        var ten = new Weighted(10);
        var wg = new WaitGroup();
        for (int g = 0; g < 100; g++) {
            wg.go(() -> {
                for (int i = 0; i < n / 100; i++) {
                    ten.acquire(1);
                    counts.incrementAndGet();
                    ten.release(1);
                }
            });
        }
        wg.await();
        return counts.get();
    }
}
