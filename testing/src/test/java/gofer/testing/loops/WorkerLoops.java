package gofer.testing.loops;

import static gofer.Go.go;
import static gofer.Go.select;

import gofer.chan.Chan;
import gofer.chan.First;
import gofer.context.Context;
import gofer.group.ErrGroup;
import gofer.group.SingleFlight;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Workers that are given tasks.
final class WorkerLoops {

    private WorkerLoops() {}

    static List<Looping> all() {
        return List.of(
                Looping.pair("a worker pool", WorkerLoops::pool),
                Looping.pair("nested workers", WorkerLoops::nested),
                Looping.pair("a dispatcher with a group", WorkerLoops::dispatcher),
                Looping.pair("a call that is shared and retried", WorkerLoops::sharedCall));
    }

    private static void pool(boolean mended) {
        Chan<Integer> jobs = Chan.make(2);
        Chan<Integer> results = Chan.make(2);
        var workers = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            workers.go(
                    "worker",
                    () -> {
                        for (int job : jobs) {
                            results.send(job * job);
                        }
                    });
        }
        go(
                "closer",
                () -> {
                    workers.await();
                    results.close();
                });
        go(
                "feeder",
                () -> {
                    for (int i = 0; i < 4; i++) {
                        jobs.send(i);
                    }
                    if (mended) jobs.close();
                });
        int sum = 0;
        for (int result : results) {
            sum += result;
        }
        if (sum != 14) throw new AssertionError(sum);
    }

    private static void nested(boolean mended) {
        Chan<Integer> stop = Chan.make();
        Chan<Integer> ticks = Chan.make();
        var parents = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            parents.go(
                    "parent",
                    () -> {
                        var children = new WaitGroup();
                        Chan<Integer> told = mended ? stop : Chan.make();
                        for (int n = 0; n < 2; n++) {
                            children.go(
                                    "child",
                                    () -> {
                                        while (select(ticks.sending(1), told) instanceof First) {
                                            // sends
                                        }
                                    });
                        }
                        children.await();
                    });
        }
        for (int i = 0; i < 3; i++) {
            ticks.recv();
        }
        stop.close();
        parents.await();
    }

    /// The first failure ends the others.
    private static void dispatcher(boolean mended) throws Exception {
        ErrGroup group = ErrGroup.withContext(Context.background());
        Context ctx = mended ? group.context() : Context.background();
        Chan<Integer> jobs = Chan.make();
        group.go(
                "dispatcher",
                () -> {
                    for (int i = 0; ; i++) {
                        jobs.send(ctx, i);
                    }
                });
        for (int i = 0; i < 2; i++) {
            group.go(
                    "worker",
                    () -> {
                        while (true) {
                            if (jobs.recv(ctx) == 2) throw new IllegalStateException("bad job");
                        }
                    });
        }
        try {
            group.await();
        } catch (IllegalStateException expected) {
            return;
        }
        throw new AssertionError("no failure");
    }

    private static void sharedCall(boolean mended) {
        var flight = new SingleFlight<String, Integer>();
        var attempts = new AtomicInteger();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                for (boolean over = false; !over; ) {
                    try {
                        flight.run(
                                "key",
                                () -> {
                                    if (attempts.incrementAndGet() < 3 || !mended) {
                                        throw new IllegalStateException("not yet");
                                    }
                                    return 1;
                                });
                        over = true;
                    } catch (IllegalStateException again) {
                        gofer.Go.sleep(Duration.ofMillis(10));
                    }
                }
            });
        }
        all.await();
    }
}
