package shop.agent.goker;

import static gofer.Go.go;
import static gofer.Go.sleep;
import static java.util.Objects.requireNonNull;
import static shop.agent.goker.Searches.closed;
import static shop.agent.goker.Searches.found;
import static shop.agent.goker.Searches.silent;

import gofer.chan.Chan;
import gofer.sync.Mutex;
import gofer.sync.RWMutex;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Tests that use the inside of an object without its lock, while a goroutine of the object runs.
class InsideAccessTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// Sends events to watchers. Only one goroutine at a time may dispatch.
    private static final class Cacher {
        private final RWMutex mu = new RWMutex();
        private final List<String> watchers = new ArrayList<>();
        private final Chan<Boolean> events = Chan.make(10);

        private void startDispatching() {
            try (var _ = mu.lock()) {
                watchers.clear();
            }
        }

        void dispatch() {
            startDispatching();
            for (String watcher : watchers) {
                assert !watcher.isEmpty();
            }
        }

        void process() {
            events.send(true);
        }

        void dispatchAll() {
            for (boolean _ : events) dispatch();
        }
    }

    /// `kubernetes/77796`: three goroutines of a test dispatch at the same time.
    @Test
    void kubernetes77796() {
        found(() -> {
            var cacher = new Cacher();
            go(cacher::dispatch);
            for (int i = 0; i < 3; i++) {
                go(cacher::dispatch);
                sleep(Duration.ofMillis(10));
            }
        });
    }

    /// The test sends events to the goroutine that dispatches. (The first fix only made the test wait, and left `89164`.)
    @Test
    void kubernetes77796Mended() {
        silent(() -> {
            var cacher = new Cacher();
            go(cacher::dispatchAll);
            var wg = new WaitGroup();
            for (int i = 0; i < 3; i++) {
                wg.go(cacher::process);
                sleep(Duration.ofMillis(10));
            }
            wg.await();
            cacher.events.close();
        });
    }

    /// `kubernetes/89164`: three goroutines of a test dispatch one after the other, but the cacher's goroutine does, too.
    @Test
    void kubernetes89164() {
        found(() -> {
            var cacher = new Cacher();
            go(cacher::dispatch);
            oneByOne(cacher::dispatch);
        });
    }

    @Test
    void kubernetes89164Mended() {
        silent(() -> {
            var cacher = new Cacher();
            go(cacher::dispatchAll);
            oneByOne(cacher::process);
            cacher.events.close();
        });
    }

    private static void oneByOne(Runnable body) {
        for (int i = 0; i < 3; i++) {
            var wg = new WaitGroup();
            wg.go(body::run);
            wg.await();
        }
    }

    private static final class Pod {
        Instant time;

        Pod(Instant time) {
            this.time = time;
        }
    }

    /// The queues of a scheduler. A goroutine flushes one of them.
    private static final class Scheduler {
        final Chan<Boolean> stop = Chan.make();
        final RWMutex lock = new RWMutex();
        final Map<String, Pod> backoff; // guarded by lock
        final List<String> active = new ArrayList<>(List.of("a", "b")); // guarded by lock

        Scheduler(Map<String, Pod> backoff) {
            this.backoff = new HashMap<>(backoff);
        }

        void flushBackoff() {
            try (var _ = lock.lock()) {
                backoff.remove("1");
            }
        }

        void flushActive() {
            try (var _ = lock.lock()) {
                active.removeLast();
            }
        }

        void findOld() {
            try (var _ = lock.lock()) {
                for (Pod pod : backoff.values()) {
                    assert pod.time.isBefore(Instant.MAX);
                }
            }
        }

        void add(String name, Instant time) {
            try (var _ = lock.lock()) {
                backoff.put(name, new Pod(time));
            }
        }

        void run(Runnable flush) {
            go(() -> {
                if (closed(stop)) return;
                flush.run();
                stop.recvOk();
            });
        }
    }

    private interface Use {
        void run(Scheduler scheduler);
    }

    private static void withScheduler(Use flush, Use use) {
        withScheduler(Map.of("1", new Pod(Instant.EPOCH)), flush, use);
    }

    private static void withScheduler(Map<String, Pod> backoff, Use flush, Use use) {
        var wg = new WaitGroup();
        wg.go(() -> {
            var scheduler = new Scheduler(backoff);
            scheduler.run(() -> flush.run(scheduler));
            use.run(scheduler);
            scheduler.stop.close();
        });
        wg.await();
    }

    /// `kubernetes/79631`: a test reads a map without the lock, while a goroutine removes an entry.
    @Test
    void kubernetes79631() {
        found(() -> withScheduler(Scheduler::flushBackoff, scheduler -> scheduler.backoff.get("1")));
    }

    /// There is nothing to remove, as in GoKer. Go counts that as a write. Here it changes nothing, so it is a read.
    @Test
    void kubernetes79631Empty() {
        silent(() -> withScheduler(Map.of(), Scheduler::flushBackoff, scheduler -> scheduler.backoff.get("1")));
    }

    @Test
    void kubernetes79631Mended() {
        silent(() ->
                withScheduler(
                        Scheduler::flushBackoff,
                        scheduler -> {
                            try (var _ = scheduler.lock.rLock()) {
                                scheduler.backoff.get("1");
                            }
                        }));
    }

    /// `kubernetes/81148`: a test changes the time of a pod in a map without the lock, while a goroutine reads it.
    @Test
    void kubernetes81148() {
        found(() ->
                withScheduler(
                        Scheduler::findOld,
                        scheduler -> {
                            scheduler.add("1", Instant.now());
                            requireNonNull(scheduler.backoff.get("1")).time = Instant.now().minus(MINUTE);
                        }));
    }

    /// The pod has its time when it is added.
    @Test
    void kubernetes81148Mended() {
        silent(() -> withScheduler(Scheduler::findOld, scheduler -> scheduler.add("1", Instant.now().minus(MINUTE))));
    }

    /// `kubernetes/88331`: the length of a queue is read without the lock, while a goroutine removes an element.
    @Test
    void kubernetes88331() {
        found(() ->
                withScheduler(
                        Scheduler::flushActive,
                        scheduler -> {
                            var _ = scheduler.active.size();
                        }));
    }

    @Test
    void kubernetes88331Mended() {
        silent(() ->
                withScheduler(
                        Scheduler::flushActive,
                        scheduler -> {
                            try (var _ = scheduler.lock.rLock()) {
                                var _ = scheduler.active.size();
                            }
                        }));
    }

    private record Volume(Map<String, String> annotations) {
        Volume copy() {
            var copy = new Volume(new HashMap<>());
            for (var annotation : annotations.entrySet())
                copy.annotations.put(annotation.getKey(), annotation.getValue());
            return copy;
        }

        Volume copyAtOnce() {
            return new Volume(new HashMap<>(annotations));
        }
    }

    private static Volume volume() {
        return new Volume(new HashMap<>(Map.of("0", "", "1", "")));
    }

    /// The volumes that a controller copies, again and again.
    private static final class Volumes {
        private final Mutex mu = new Mutex();
        private Volume volume; // guarded by mu

        Volumes(Volume volume) {
            this.volume = volume;
        }

        Volume get() {
            try (var _ = mu.lock()) {
                return volume;
            }
        }

        void set(Volume changed) {
            try (var _ = mu.lock()) {
                volume = changed;
            }
        }

        void control(Chan<Boolean> stop) {
            control(stop, Volume::copy);
        }

        void control(Chan<Boolean> stop, UnaryOperator<Volume> copy) {
            go(() -> {
                while (!closed(stop)) {
                    var _ = copy.apply(get());
                    if (closed(stop)) return;
                }
            });
        }
    }

    /// `kubernetes/82239`: a test changes the annotations of a volume that a controller copies.
    @Test
    void kubernetes82239() {
        found(() -> annotate(Volume::copy));
    }

    /// A constructor of the JDK copies the map.
    @Test
    void kubernetes82239AtOnce() {
        found(() -> annotate(Volume::copyAtOnce));
    }

    private static void annotate(UnaryOperator<Volume> copy) {
        Volume volume = volume();
        var stop = Chan.<Boolean>make();
        go(() -> new Volumes(volume).control(stop, copy));
        sleep(Duration.ofMillis(1));
        volume.annotations().put("0", "");
        stop.close();
    }

    /// The test changes a copy, and replaces the volume.
    @Test
    void kubernetes82239Mended() {
        silent(() -> {
            var volumes = new Volumes(volume());
            var stop = Chan.<Boolean>make();
            go(() -> volumes.control(stop));
            sleep(Duration.ofMillis(1));
            Volume changed = volumes.get().copy();
            changed.annotations().put("0", "");
            volumes.set(changed);
            stop.close();
        });
    }
}
