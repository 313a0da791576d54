package gofer.testing.loops;

import static gofer.Go.after;
import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.gosched;
import static gofer.Go.select;
import static gofer.Go.sleep;

import gofer.chan.Chan;
import gofer.chan.Empty;
import gofer.chan.First;
import gofer.chan.Second;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.context.ContextException;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import gofer.time.Alarm;
import gofer.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Loops that depend on the clock.
final class TimedLoops {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private TimedLoops() {}

    static List<LoopProgram> all() {
        return List.of(
                LoopProgram.withFaultyVariant("a ticker that ends with its context", TimedLoops::ticker),
                LoopProgram.correctOnly("a ticker until a deadline", TimedLoops::tickerUntilDeadline),
                LoopProgram.withFaultyVariant("a ticker that is polled", TimedLoops::tickerPolled),
                LoopProgram.correctOnly("an alarm that is polled", TimedLoops::alarmPolled),
                LoopProgram.withFaultyVariant("an alarm that is reset in a loop", TimedLoops::debounce),
                LoopProgram.withFaultyVariant("a function that sets its alarm again", TimedLoops::again),
                LoopProgram.withFaultyVariant("a retry with back-off", TimedLoops::backOff),
                LoopProgram.withFaultyVariant("a retry until a deadline", TimedLoops::retryUntilDeadline),
                LoopProgram.withFaultyVariant("a heartbeat and its watchdog", TimedLoops::watchdog),
                LoopProgram.withFaultyVariant("a rate limiter", TimedLoops::limiter),
                LoopProgram.withFaultyVariant("a cache and its refresher", TimedLoops::cache),
                LoopProgram.withFaultyVariant("a leader that hands over", TimedLoops::leader),
                LoopProgram.withFaultyVariant("a loop of timeouts", TimedLoops::timeouts),
                LoopProgram.withFaultyVariant("a sleep between two checks of a context", TimedLoops::sleepyWorker));
    }

    private static void ticker(boolean correct) {
        CancelContext ctx = Context.background().withCancel();
        var all = new WaitGroup();
        int[] ticks = {0};
        all.go(() -> {
            try (Ticker ticker = Ticker.every(SECOND)) {
                while (select(ticker.c(), ctx.done()) instanceof First) {
                    ticks[0]++;
                }
            }
        });
        sleep(SECOND.multipliedBy(4));
        if (correct) ctx.cancel();
        all.await();
    }

    private static void tickerUntilDeadline() {
        try (CancelContext ctx = Context.background().withTimeout(SECOND.multipliedBy(5))) {
            var all = new WaitGroup();
            for (int i = 0; i < 2; i++) {
                all.go(() -> {
                    try (Ticker ticker = Ticker.every(SECOND)) {
                        while (select(ticker.c(), ctx.done()) instanceof First) {
                            gosched();
                        }
                    }
                });
            }
            all.await();
        }
    }

    private static void tickerPolled(boolean correct) {
        try (Ticker ticker = Ticker.every(SECOND)) {
            if (!correct) ticker.stop();
            for (int ticks = 0; ticks < 3; ) {
                if (ticker.c().tryRecv() instanceof Empty) {
                    gosched();
                } else {
                    ticks++;
                }
            }
        }
    }

    private static void alarmPolled() {
        try (Alarm alarm = Alarm.in(SECOND)) {
            while (alarm.c().tryRecv() instanceof Empty) {
                gosched();
            }
        }
    }

    private static void debounce(boolean correct) {
        Chan<Integer> keys = Chan.make();
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            try (Alarm quiet = Alarm.in(SECOND)) {
                while (true) {
                    switch (select(keys, quiet.c(), quit)) {
                        case First(_) -> quiet.reset(SECOND);
                        case Second(_) -> quiet.reset(SECOND);
                        default -> {
                            return;
                        }
                    }
                }
            }
        });
        for (int i = 0; i < 3; i++) {
            keys.send(i);
            sleep(Duration.ofMillis(300));
        }
        sleep(SECOND);
        if (correct) quit.close();
        all.await();
    }

    private static void again(boolean correct) {
        Chan<Integer> done = Chan.make();
        var rounds = new AtomicInteger();
        var alarm = new AtomicReference<@Nullable Alarm>();
        var set = new Mutex();
        try (var _ = set.lock()) {
            alarm.set(
                    afterFunc(
                            SECOND,
                            () -> {
                                if (correct && rounds.incrementAndGet() == 3) {
                                    done.close();
                                    return;
                                }
                                try (var _ = set.lock()) {
                                    if (alarm.get() instanceof Alarm mine) mine.reset(SECOND);
                                }
                            }));
        }
        done.recvOk();
    }

    private static void backOff(boolean correct) {
        var up = new AtomicBoolean();
        go(() -> {
            sleep(SECOND.multipliedBy(5));
            up.set(correct);
        });
        Duration pause = Duration.ofMillis(100);
        while (!up.get()) {
            sleep(pause);
            pause = pause.compareTo(MINUTE) < 0 ? pause.multipliedBy(2) : MINUTE;
        }
    }

    @SuppressWarnings("LostCancel")
    private static void retryUntilDeadline(boolean correct) {
        try (CancelContext ctx = Context.background().withTimeout(SECOND)) {
            Context mine = correct ? ctx : ctx.withoutCancel();
            while (true) {
                try {
                    mine.done().recvOk(Context.background().withTimeout(Duration.ofMillis(300)));
                    return;
                } catch (ContextException late) {
                    if (mine.err() != null) return;
                }
            }
        }
    }

    /// The watchdog stops both if a beat is late, or after enough beats.
    private static void watchdog(boolean correct) {
        Chan<Integer> beats = Chan.make(1);
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        all.go(
                "heart",
                () -> {
                    while (select(stop, after(SECOND)) instanceof Second(_)) {
                        var _ = beats.trySend(1);
                    }
                });
        all.go(
                "watchdog",
                () -> {
                    try (Alarm late = Alarm.in(SECOND.multipliedBy(3))) {
                        for (int beat = 0; beat < 3 || !correct; beat++) {
                            if (select(beats, late.c()) instanceof Second(_) && correct) break;
                            late.reset(SECOND.multipliedBy(3));
                        }
                    }
                    stop.close();
                });
        all.await();
    }

    private static void limiter(boolean correct) {
        Chan<Integer> tokens = Chan.make(2);
        Chan<Integer> stop = Chan.make();
        var all = new WaitGroup();
        all.go(
                "limiter",
                () -> {
                    try (Ticker ticker = Ticker.every(SECOND)) {
                        while (select(ticker.c(), stop) instanceof First) {
                            var _ = tokens.trySend(1);
                        }
                    }
                });
        var clients = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            clients.go(
                    "client",
                    () -> {
                        for (int n = 0; n < 2; n++) {
                            tokens.recv();
                        }
                    });
        }
        clients.await();
        if (correct) stop.close();
        all.await();
    }

    private static void cache(boolean correct) {
        var rw = new RWMutex();
        int[] value = {0};
        CancelContext ctx = Context.background().withCancel();
        var refresher = new WaitGroup();
        refresher.go(
                "refresher",
                () -> {
                    try (Ticker ticker = Ticker.every(MINUTE)) {
                        while (select(ticker.c(), (correct ? ctx : Context.background()).done()) instanceof First) {
                            try (var _ = rw.lock()) {
                                value[0]++;
                            }
                        }
                    }
                });
        var readers = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            readers.go(
                    "reader",
                    () -> {
                        for (int seen = 0; seen < 2; sleep(SECOND.multipliedBy(20))) {
                            try (var _ = rw.rLock()) {
                                seen = value[0];
                            }
                        }
                    });
        }
        readers.await();
        ctx.cancel();
        refresher.await();
    }

    private static void leader(boolean correct) {
        var mu = new Mutex();
        String[] holder = {""};
        var asked = new AtomicBoolean();
        var all = new WaitGroup();
        all.go(
                "first",
                () -> {
                    takeOver(mu, holder, "first");
                    while (!asked.get()) {
                        sleep(SECOND); // renews its lease
                    }
                    try (var _ = mu.lock()) {
                        if (correct) holder[0] = "";
                    }
                });
        all.go(
                "second",
                () -> {
                    sleep(SECOND.multipliedBy(3));
                    asked.set(true);
                    takeOver(mu, holder, "second");
                    try (var _ = mu.lock()) {
                        holder[0] = "";
                    }
                });
        all.await();
    }

    private static void takeOver(Mutex mu, String[] holder, String me) {
        while (true) {
            try (var _ = mu.lock()) {
                if (holder[0].isEmpty()) {
                    holder[0] = me;
                    return;
                }
            }
            sleep(Duration.ofMillis(500));
        }
    }

    private static void timeouts(boolean correct) {
        Chan<Integer> work = Chan.make();
        Chan<Integer> quit = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            while (true) {
                switch (select(quit, work, after(SECOND))) {
                    case First(_) -> {
                        return;
                    }
                    default -> gosched();
                }
            }
        });
        work.send(1);
        sleep(SECOND.multipliedBy(3));
        if (correct) quit.close();
        all.await();
    }

    private static void sleepyWorker(boolean correct) {
        CancelContext ctx = Context.background().withCancel();
        var all = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            all.go(() -> {
                while (!ctx.isDone()) {
                    sleep(SECOND);
                }
            });
        }
        all.go(() -> {
            sleep(SECOND.multipliedBy(3));
            if (correct) ctx.cancel();
        });
        all.await();
    }
}
