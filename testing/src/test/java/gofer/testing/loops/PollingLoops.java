package gofer.testing.loops;

import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.sleep;
import static gofer.Go.trySelect;
import static gofer.testing.Explore.point;

import gofer.chan.Chan;
import gofer.chan.Default;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.chan.Value;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Loops that poll. Where they poll plain Java, they call `point`. The agent would add such calls.
final class PollingLoops {

    private static final class Flag {
        volatile boolean set;
        boolean plain; // guarded by the lock of its user
    }

    private PollingLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("poll a stop channel by trySelect", PollingLoops::stopByTrySelect),
                LoopProgram.withFaultyVariant("poll a stop channel by tryRecv", PollingLoops::stopByTryRecv),
                LoopProgram.withFaultyVariant("three goroutines poll a stop channel", PollingLoops::threeStopped),
                LoopProgram.withFaultyVariant("poll between two pieces of work", PollingLoops::workBetweenLooks),
                LoopProgram.withFaultyVariant(
                        "take jobs by trySelect until told to quit", PollingLoops::jobsByTrySelect),
                LoopProgram.withFaultyVariant("check whether a context is done", PollingLoops::contextIsDone),
                LoopProgram.withFaultyVariant("check the error of a context", PollingLoops::contextErr),
                LoopProgram.correctOnly("check whether a deadline has passed", PollingLoops::deadlinePolled),
                LoopProgram.withFaultyVariant("poll an AtomicBoolean", PollingLoops::atomicBoolean),
                LoopProgram.withFaultyVariant("poll a volatile flag", PollingLoops::volatileFlag),
                LoopProgram.withFaultyVariant("poll a flag and yield", PollingLoops::flagWithGosched),
                LoopProgram.withFaultyVariant("poll a field under a mutex", PollingLoops::fieldUnderMutex),
                LoopProgram.withFaultyVariant("poll a field under a read lock", PollingLoops::fieldUnderReadLock),
                LoopProgram.withFaultyVariant("poll the length of a channel", PollingLoops::length),
                LoopProgram.withFaultyVariant("lock by compare-and-set", PollingLoops::compareAndSetLock),
                LoopProgram.correctOnly("count by compare-and-set", PollingLoops::compareAndSetCounter),
                LoopProgram.withFaultyVariant("read again until no write is in progress", PollingLoops::sequenceLock),
                LoopProgram.withFaultyVariant("poll a state", PollingLoops::states),
                LoopProgram.withFaultyVariant("poll from time to time", PollingLoops::lookNowAndThen));
    }

    private static void stopByTrySelect(boolean correct) {
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            while (trySelect(stop) instanceof Default) {
                // polls
            }
        });
        if (correct) stop.close();
        all.await();
    }

    private static void stopByTryRecv(boolean correct) {
        Chan<Integer> stop = Chan.make();
        go(() -> {
            if (correct) stop.send(1);
        });
        while (stop.tryRecv() instanceof Empty) {
            // polls
        }
    }

    private static void threeStopped(boolean correct) {
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            boolean listens = correct || i != 1;
            all.go(() -> {
                Chan<Integer> quit = listens ? stop : Chan.make();
                while (trySelect(quit) instanceof Default) {
                    gosched();
                }
            });
        }
        stop.close();
        all.await();
    }

    private static void workBetweenLooks(boolean correct) {
        Chan<Integer> stop = Chan.make();
        var mu = new Mutex();
        int[] done = {0};
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (trySelect(stop) instanceof Default) {
                    try (var _ = mu.lock()) {
                        done[0]++;
                    }
                }
            });
        }
        try (var _ = mu.lock()) {
            if (correct) stop.close();
        }
        all.await();
    }

    private static void jobsByTrySelect(boolean correct) {
        Chan<Integer> jobs = Chan.make(2);
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            int sum = 0;
            while (true) {
                switch (trySelect(jobs, quit)) {
                    case First(Value(var job)) -> sum += job;
                    case First(_) -> throw new AssertionError("closed after " + sum);
                    case Second(_) -> {
                        return;
                    }
                    case Default() -> gosched();
                }
            }
        });
        for (int i = 0; i < 4; i++) {
            jobs.send(i);
        }
        if (correct) quit.close();
        all.await();
    }

    private static void contextIsDone(boolean correct) {
        CancelContext ctx = Context.background().withCancel();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!ctx.isDone()) {
                    // polls
                }
            });
        }
        if (correct) ctx.cancel();
        all.await();
    }

    private static void contextErr(boolean correct) {
        try (CancelContext outer = Context.background().withCancel();
                CancelContext inner = (correct ? outer : Context.background()).withCancel()) {
            var all = new WaitGroup();
            all.go(() -> {
                while (inner.err() == null) {
                    gosched();
                }
            });
            outer.cancel();
            all.await();
        }
    }

    private static void deadlinePolled() {
        try (CancelContext ctx = Context.background().withTimeout(Duration.ofSeconds(5))) {
            var all = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                all.go(() -> {
                    while (ctx.err() == null) {
                        // polls
                    }
                });
            }
            all.await();
        }
    }

    private static void atomicBoolean(boolean correct) {
        var flag = new AtomicBoolean();
        var all = new WaitGroup();
        all.go(() -> {
            while (true) {
                point(flag);
                if (flag.get()) return;
            }
        });
        point(flag);
        flag.set(correct);
        all.await();
    }

    private static void volatileFlag(boolean correct) {
        var flag = new Flag();
        go(() -> {
            point(flag);
            flag.set = correct;
        });
        while (true) {
            point(flag);
            if (flag.set) return;
        }
    }

    private static void flagWithGosched(boolean correct) {
        var flag = new Flag();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!flag.set) {
                    gosched();
                }
            });
        }
        all.go(() -> flag.set = correct);
        all.await();
    }

    private static void fieldUnderMutex(boolean correct) {
        var mu = new Mutex();
        var flag = new Flag();
        var all = new WaitGroup();
        all.go(() -> {
            for (boolean done = false; !done; ) {
                try (var _ = mu.lock()) {
                    done = flag.plain;
                }
            }
        });
        try (var _ = mu.lock()) {
            flag.plain = correct;
        }
        all.await();
    }

    private static void fieldUnderReadLock(boolean correct) {
        var rw = new RWMutex();
        var flag = new Flag();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                for (boolean done = false; !done; ) {
                    try (var _ = rw.rLock()) {
                        done = flag.plain;
                    }
                }
            });
        }
        try (var _ = rw.lock()) {
            flag.plain = correct;
        }
        all.await();
    }

    private static void length(boolean correct) {
        Chan<Integer> numbers = Chan.make(3);
        go(() -> {
            for (int i = 0; i < (correct ? 3 : 2); i++) {
                numbers.send(i);
            }
        });
        while (numbers.len() < 3) {
            gosched();
        }
    }

    private static void compareAndSetLock(boolean correct) {
        var taken = new AtomicBoolean();
        var all = new WaitGroup();
        int[] count = {0};
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (true) {
                    point(taken);
                    if (taken.compareAndSet(false, true)) break;
                }
                count[0]++;
                point(taken);
                taken.set(!correct);
            });
        }
        all.await();
    }

    private static void compareAndSetCounter() {
        var counter = new AtomicInteger();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            all.go(() -> {
                for (int n = 0; n < 3; n++) {
                    while (true) {
                        point(counter);
                        int seen = counter.get();
                        point(counter);
                        if (counter.compareAndSet(seen, seen + 1)) break;
                    }
                }
            });
        }
        all.await();
        if (counter.get() != 9) throw new AssertionError("lost: " + counter);
    }

    private static void sequenceLock(boolean correct) {
        var version = new AtomicInteger();
        int[] pair = {0, 0};
        var all = new WaitGroup();
        all.go(() -> {
            while (true) {
                point(version);
                int before = version.get();
                point(pair);
                int first = pair[0];
                point(pair);
                int second = pair[1];
                point(version);
                if (before % 2 == 0 && version.get() == before) {
                    if (first != second) throw new AssertionError("torn");
                    return;
                }
            }
        });
        for (int i = 1; i <= 2; i++) {
            point(version);
            version.incrementAndGet();
            point(pair);
            pair[0] = i;
            point(pair);
            pair[1] = i;
            point(version);
            if (correct || i < 2) version.incrementAndGet();
        }
        all.await();
    }

    private static void states(boolean correct) {
        var mu = new Mutex();
        int[] state = {0};
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            int mine = i;
            all.go(() -> {
                for (boolean done = false; !done; ) {
                    try (var _ = mu.lock()) {
                        done = state[0] == mine;
                        if (done) state[0] = correct ? mine + 1 : mine + 2;
                    }
                    if (!done) gosched();
                }
            });
        }
        all.await();
    }

    private static void lookNowAndThen(boolean correct) {
        var flag = new AtomicBoolean();
        go(() -> {
            sleep(Duration.ofSeconds(3));
            flag.set(correct);
        });
        while (!flag.get()) {
            sleep(Duration.ofMillis(100));
        }
    }
}
