package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static shop.agent.goker.Searches.closed;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.sync.Mutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Wait groups that goroutines add to too late.
class WaitGroupMisuseTest {

    /// Stops the goroutines that it has started.
    private static final class Stopper {
        private final Chan<Boolean> stopping = Chan.make();
        private final WaitGroup workers = new WaitGroup();
        private final Mutex mu = new Mutex();
        private boolean draining; // guarded by mu

        void start(Body worker) {
            workers.go(worker);
        }

        void stop() {
            stopping.close();
            workers.await();
            try (var _ = mu.lock()) {
                draining = true;
            }
        }

        /// Starts nothing if the stopper has been stopped.
        void startMended(Body worker) {
            try (var _ = mu.lock()) {
                if (!draining) workers.go(worker);
            }
        }

        void stopMended() {
            try (var _ = mu.lock()) {
                draining = true;
            }
            stopping.close();
            workers.await();
        }
    }

    /// `cockroach/4407`: a goroutine adds a worker to a wait group while another one waits for it. So the worker may still run
    /// when the wait is over. Go reports a data race. Here a wait throws, if the first worker ends and the second one starts
    /// before the wait returns.
    @Test
    void cockroach4407() {
        found(
                IllegalStateException.class,
                "WaitGroup is reused before previous Wait has returned",
                () -> {
                    var stopper = new Stopper();
                    var mu = new Mutex();
                    gossip(mu, () -> stopper.start(() -> mu.lock().close()));
                    stopper.stop();
                });
    }

    @Test
    void cockroach4407Mended() {
        silent(() -> {
            var stopper = new Stopper();
            var mu = new Mutex();
            gossip(mu, () -> stopper.startMended(() -> mu.lock().close()));
            stopper.stopMended();
        });
    }

    private static void gossip(Mutex mu, Runnable startSender) {
        for (int i = 0; i < 2; i++) {
            go(() -> {
                try (var _ = mu.lock()) {
                    startSender.run();
                }
            });
        }
        sleep(Duration.ofMillis(1));
    }

    /// Reports a deleted object, again and again, until it is stopped.
    private static void control(Queue<String> deleted, Runnable onDelete, Chan<Boolean> stop) {
        while (!closed(stop)) {
            if (deleted.poll() != null) onDelete.run();
            sleep(Duration.ofMillis(10));
        }
    }

    private static Chan<Boolean> startController(WaitGroup deletions) {
        var stop = Chan.<Boolean>make();
        var deleted = new ArrayDeque<>(List.of("a", "b", "c"));
        go(() -> control(deleted, deletions::done, stop));
        return stop;
    }

    private static void threeTests() {
        var wg = new WaitGroup();
        for (int i = 0; i < 3; i++) wg.go(() -> {});
        wg.await();
    }

    /// `kubernetes/13058`: a controller counts down before the wait group has been raised.
    @Test
    void kubernetes13058() {
        found(
                IllegalStateException.class,
                "negative WaitGroup counter",
                () -> {
                    var deletions = new WaitGroup();
                    Chan<Boolean> stop = startController(deletions);
                    deletions.add(3);
                    threeTests();
                    deletions.await();
                    stop.close();
                });
    }

    @Test
    void kubernetes13058Mended() {
        silent(() -> {
            var deletions = new WaitGroup();
            deletions.add(3);
            Chan<Boolean> stop = startController(deletions);
            threeTests();
            deletions.await();
            stop.close();
        });
    }
}
