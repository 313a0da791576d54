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

/// Workers that get tasks.
final class WorkerLoops {

    private WorkerLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("a worker pool", WorkerLoops::pool),
                LoopProgram.withFaultyVariant("nested workers", WorkerLoops::nested),
                LoopProgram.withFaultyVariant("a dispatcher with a group", WorkerLoops::dispatcher),
                LoopProgram.withFaultyVariant("a call that is shared and retried", WorkerLoops::sharedCall));
    }

    private static void pool(boolean correct) {
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
                    if (correct) jobs.close();
                });
        int sum = 0;
        for (int result : results) {
            sum += result;
        }
        if (sum != 14) throw new AssertionError(sum);
    }

    private static void nested(boolean correct) {
        Chan<Integer> stop = Chan.make();
        Chan<Integer> ticks = Chan.make();
        var parents = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            parents.go(
                    "parent",
                    () -> {
                        var children = new WaitGroup();
                        Chan<Integer> quit = correct ? stop : Chan.make();
                        for (int n = 0; n < 2; n++) {
                            children.go(
                                    "child",
                                    () -> {
                                        while (select(ticks.sending(1), quit) instanceof First) {
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

    /// The first failure stops the other goroutines.
    private static void dispatcher(boolean correct) throws Exception {
        ErrGroup group = ErrGroup.withContext(Context.background());
        Context ctx = correct ? group.context() : Context.background();
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

    private static void sharedCall(boolean correct) {
        var flight = new SingleFlight<String, Integer>();
        var attempts = new AtomicInteger();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                for (boolean done = false; !done; ) {
                    try {
                        flight.run(
                                "key",
                                () -> {
                                    if (attempts.incrementAndGet() < 3 || !correct) {
                                        throw new IllegalStateException("not yet");
                                    }
                                    return 1;
                                });
                        done = true;
                    } catch (IllegalStateException again) {
                        gofer.Go.sleep(Duration.ofMillis(10));
                    }
                }
            });
        }
        all.await();
    }
}
