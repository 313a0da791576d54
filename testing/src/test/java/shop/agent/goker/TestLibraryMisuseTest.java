package shop.agent.goker;

import static gofer.Go.go;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Goroutines that use a test after its end.
class TestLibraryMisuseTest {

    /// A test with a log, as in Go's library. The library does not guard the end of the test, so that a race detector sees a
    /// log that comes too late.
    private static class Log {
        final Mutex mu = new Mutex();
        private final List<String> lines = new ArrayList<>(); // guarded by mu
        boolean ended;

        void run(Consumer<Log> test) {
            test.accept(this);
            end();
        }

        void end() {
            ended = true;
        }

        void print(String line) {
            try (var _ = mu.lock()) {
                if (ended) throw new IllegalStateException("log in goroutine after the test has ended");
                lines.add(line);
            }
        }
    }

    /// A log that guards the end of the test.
    private static final class GuardedLog extends Log {
        @Override
        void end() {
            try (var _ = mu.lock()) {
                super.end();
            }
        }
    }

    /// Probes a revision in another goroutine.
    private static final class Watcher {
        private final Log log;
        private final WaitGroup probes = new WaitGroup();

        Watcher(Log log) {
            this.log = log;
        }

        void run() {
            go(() -> log.print("probe failed"));
        }

        void runMended() {
            probes.go(() -> log.print("probe failed"));
            probes.await();
        }
    }

    private static void inTest(Log log, Consumer<Log> test) {
        var wg = new WaitGroup();
        wg.go(() -> log.run(test));
        wg.await();
    }

    private static void watch(Runnable watcher) {
        var wg = new WaitGroup();
        wg.go(watcher::run);
        wg.await();
    }

    /// `serving/4908`: a goroutine of a test prints a line when the test may have ended.
    @Test
    void serving4908() {
        found(() -> inTest(new Log(), log -> watch(() -> new Watcher(log).run())));
    }

    /// The test waits for the goroutine.
    @Test
    void serving4908Mended() {
        silent(() -> inTest(new Log(), log -> watch(() -> new Watcher(log).runMended())));
    }

    /// `serving/6171`: a goroutine of a goroutine of a test prints a line when the test has ended.
    @Test
    void serving6171() {
        found(
                IllegalStateException.class,
                "after the test has ended",
                () -> inTest(new GuardedLog(), log -> go(() -> new Watcher(log).run())));
    }

    @Test
    void serving6171Mended() {
        silent(() -> inTest(new GuardedLog(), log -> watch(() -> new Watcher(log).runMended())));
    }
}
