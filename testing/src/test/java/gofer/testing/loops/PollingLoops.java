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

/// Loops that poll. Where they poll plain Java, they call `point`, as the agent makes programs do.
final class PollingLoops {

    private static final class Flag {
        volatile boolean set;
        boolean plain; // guarded by the lock of its user
    }

    private PollingLoops() {}

    static List<Looping> all() {
        return List.of(
                Looping.pair("poll a stop channel by trySelect", PollingLoops::stopByTrySelect),
                Looping.pair("poll a stop channel by tryRecv", PollingLoops::stopByTryRecv),
                Looping.pair("three poll one stop channel", PollingLoops::threeStopped),
                Looping.pair("poll between two pieces of work", PollingLoops::workBetweenLooks),
                Looping.pair("take jobs by trySelect until told to quit", PollingLoops::jobsByTrySelect),
                Looping.pair("look whether a context is done", PollingLoops::contextIsDone),
                Looping.pair("look for the error of a context", PollingLoops::contextErr),
                Looping.fine("look whether a deadline has passed", PollingLoops::deadlinePolled),
                Looping.pair("look at an AtomicBoolean", PollingLoops::atomicBoolean),
                Looping.pair("look at a volatile flag", PollingLoops::volatileFlag),
                Looping.pair("look again at a flag and yield", PollingLoops::flagWithGosched),
                Looping.pair("look at a field under a mutex", PollingLoops::fieldUnderMutex),
                Looping.pair("look at a field under a read lock", PollingLoops::fieldUnderReadLock),
                Looping.pair("look at the length of a channel", PollingLoops::length),
                Looping.pair("lock by compare-and-set", PollingLoops::compareAndSetLock),
                Looping.fine("count by compare-and-set", PollingLoops::compareAndSetCounter),
                Looping.pair("read again until no write is in progress", PollingLoops::sequenceLock),
                Looping.pair("wait for a state by looking", PollingLoops::states),
                Looping.pair("look now and then", PollingLoops::lookNowAndThen));
    }

    private static void stopByTrySelect(boolean mended) {
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            while (trySelect(stop) instanceof Default) {
                // polls
            }
        });
        if (mended) stop.close();
        all.await();
    }

    private static void stopByTryRecv(boolean mended) {
        Chan<Integer> stop = Chan.make();
        go(() -> {
            if (mended) stop.send(1);
        });
        while (stop.tryRecv() instanceof Empty) {
            // polls
        }
    }

    private static void threeStopped(boolean mended) {
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            boolean listens = mended || i != 1;
            all.go(() -> {
                Chan<Integer> told = listens ? stop : Chan.make();
                while (trySelect(told) instanceof Default) {
                    gosched();
                }
            });
        }
        stop.close();
        all.await();
    }

    private static void workBetweenLooks(boolean mended) {
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
            if (mended) stop.close();
        }
        all.await();
    }

    private static void jobsByTrySelect(boolean mended) {
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
        if (mended) quit.close();
        all.await();
    }

    private static void contextIsDone(boolean mended) {
        CancelContext ctx = Context.background().withCancel();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!ctx.isDone()) {
                    // polls
                }
            });
        }
        if (mended) ctx.cancel();
        all.await();
    }

    private static void contextErr(boolean mended) {
        try (CancelContext outer = Context.background().withCancel();
                CancelContext inner = (mended ? outer : Context.background()).withCancel()) {
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

    private static void atomicBoolean(boolean mended) {
        var flag = new AtomicBoolean();
        var all = new WaitGroup();
        all.go(() -> {
            while (true) {
                point(flag);
                if (flag.get()) return;
            }
        });
        point(flag);
        flag.set(mended);
        all.await();
    }

    private static void volatileFlag(boolean mended) {
        var flag = new Flag();
        go(() -> {
            point(flag);
            flag.set = mended;
        });
        while (true) {
            point(flag);
            if (flag.set) return;
        }
    }

    private static void flagWithGosched(boolean mended) {
        var flag = new Flag();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!flag.set) {
                    gosched();
                }
            });
        }
        all.go(() -> flag.set = mended);
        all.await();
    }

    private static void fieldUnderMutex(boolean mended) {
        var mu = new Mutex();
        var flag = new Flag();
        var all = new WaitGroup();
        all.go(() -> {
            for (boolean over = false; !over; ) {
                try (var _ = mu.lock()) {
                    over = flag.plain;
                }
            }
        });
        try (var _ = mu.lock()) {
            flag.plain = mended;
        }
        all.await();
    }

    private static void fieldUnderReadLock(boolean mended) {
        var rw = new RWMutex();
        var flag = new Flag();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                for (boolean over = false; !over; ) {
                    try (var _ = rw.rLock()) {
                        over = flag.plain;
                    }
                }
            });
        }
        try (var _ = rw.lock()) {
            flag.plain = mended;
        }
        all.await();
    }

    private static void length(boolean mended) {
        Chan<Integer> numbers = Chan.make(3);
        go(() -> {
            for (int i = 0; i < (mended ? 3 : 2); i++) {
                numbers.send(i);
            }
        });
        while (numbers.len() < 3) {
            gosched();
        }
    }

    private static void compareAndSetLock(boolean mended) {
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
                taken.set(!mended);
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

    private static void sequenceLock(boolean mended) {
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
            if (mended || i < 2) version.incrementAndGet();
        }
        all.await();
    }

    private static void states(boolean mended) {
        var mu = new Mutex();
        int[] state = {0};
        var all = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            int mine = i;
            all.go(() -> {
                for (boolean over = false; !over; ) {
                    try (var _ = mu.lock()) {
                        over = state[0] == mine;
                        if (over) state[0] = mended ? mine + 1 : mine + 2;
                    }
                    if (!over) gosched();
                }
            });
        }
        all.await();
    }

    private static void lookNowAndThen(boolean mended) {
        var flag = new AtomicBoolean();
        go(() -> {
            sleep(Duration.ofSeconds(3));
            flag.set(mended);
        });
        while (!flag.get()) {
            sleep(Duration.ofMillis(100));
        }
    }
}
