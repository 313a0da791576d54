package gofer.testing.loops;

import static gofer.testing.Explore.point;

import gofer.chan.Chan;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;

/// Loops that end by themselves, after many rounds.
final class LongLoops {

    private LongLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.longRunning("a long list", LongLoops::list),
                LoopProgram.longRunning("40,000 locks each", LongLoops::locks),
                LoopProgram.longRunning("100,000 sends through a buffer", LongLoops::sends),
                LoopProgram.longRunning("a long computation that checks its context", LongLoops::looks),
                LoopProgram.longRunning("a long computation while another waits", LongLoops::besideWaiting),
                LoopProgram.longRunning("40,000 hand-offs", LongLoops::handOffs));
    }

    private static void list() {
        List<Integer> list = new ArrayList<>();
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; i < 200_000; i++) {
                point(list);
                list.add(i);
            }
        });
        all.await();
    }

    private static void locks() {
        var mu = new Mutex();
        int[] count = {0};
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                for (int n = 0; n < 40_000; n++) {
                    try (var _ = mu.lock()) {
                        count[0]++;
                    }
                }
            });
        }
        all.await();
        if (count[0] != 80_000) throw new AssertionError(count[0]);
    }

    private static void sends() {
        Chan<Integer> numbers = Chan.make(16);
        var all = new WaitGroup();
        all.go(() -> {
            for (int i = 0; i < 100_000; i++) {
                numbers.send(i);
            }
            numbers.close();
        });
        int expected = 0;
        for (int n : numbers) {
            if (n != expected++) throw new AssertionError(n);
        }
        all.await();
    }

    private static void looks() {
        try (CancelContext ctx = Context.background().withCancel()) {
            int sum = 0;
            for (int i = 0; i < 150_000; i++) {
                if (ctx.err() != null) return;
                sum += i;
            }
            if (sum == 0) throw new AssertionError();
        }
    }

    private static void besideWaiting() {
        Chan<Integer> results = Chan.make();
        try (CancelContext ctx = Context.background().withCancel()) {
            var all = new WaitGroup();
            all.go(() -> {
                int sum = 0;
                for (int i = 0; i < 120_000; i++) {
                    point(results);
                    if (i % 100 == 0 && ctx.isDone()) return;
                    sum += i;
                }
                results.send(sum);
            });
            results.recv();
            all.await();
        }
    }

    private static void handOffs() {
        Chan<Integer> ping = Chan.make();
        Chan<Integer> pong = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            for (int n : ping) {
                pong.send(n);
            }
        });
        for (int i = 0; i < 40_000; i++) {
            ping.send(i);
            pong.recv();
        }
        ping.close();
        all.await();
    }
}
