package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Programs in which nothing orders the threads, though both use the same things.
@SuppressWarnings("FutureReturnValueIgnored")
final class UnorderedTrials {

    private static final String ANNOTATIONS = "org.jspecify.annotations.";

    private static volatile boolean done; // no edge, as this class has no hooks
    private static volatile @Nullable Thread thread;

    private UnorderedTrials() {}

    private static void add(Trials trials, String name, Trials.Action first, Trials.Action second) {
        trials.add(
                name,
                () -> {
                    done = false;
                    thread = null;
                    return pair(
                            () -> {
                                first.run();
                                done = true;
                            },
                            () -> {
                                until(() -> done);
                                second.run();
                            });
                });
    }

    static void addTo(Trials trials) {
        var map = new ConcurrentHashMap<Integer, String>();
        for (int i = 0; i < 1000; i++) {
            map.put(i, "");
        }
        add(trials, "other keys of a ConcurrentHashMap", () -> map.put(1, "a"), () -> map.put(500, "b"));
        add(trials, "new keys of a ConcurrentHashMap", () -> map.put(2001, "a"), () -> map.put(4500, "b"));
        add(
                trials,
                "starts of platform threads",
                () -> new Thread(() -> {}).start(),
                () -> new Thread(() -> {}).start());
        add(
                trials,
                "starts of virtual threads",
                () -> Thread.startVirtualThread(() -> {}),
                () -> Thread.startVirtualThread(() -> {}));
        add(trials, "unpark", () -> LockSupport.unpark(thread()), () -> {});
        trials.add(
                "park, unpark",
                () -> {
                    thread = null;
                    return pair(
                            () -> {
                                until(() -> thread != null);
                                LockSupport.unpark(thread());
                            },
                            () -> {
                                thread = Thread.currentThread();
                                LockSupport.park();
                            });
                });
        add(trials, "yields", Thread::yield, Thread::yield);
        add(trials, "sleeps", () -> Thread.sleep(1), () -> Thread.sleep(1));
        add(
                trials,
                "tasks of a pool",
                () -> ForkJoinPool.commonPool().submit(() -> {}),
                () -> ForkJoinPool.commonPool().submit(() -> {}));
        var number = new AtomicInteger();
        add(trials, "plain access of an atomic", () -> number.setPlain(1), number::getPlain);
        add(trials, "opaque access of an atomic", () -> number.setOpaque(1), number::getOpaque);
        add(trials, "loading of classes", () -> load("java.util.zip.CRC32C"), () -> load("java.util.zip.Adler32"));
        Iterator<String> names = List.of("NonNull", "NullMarked", "NullUnmarked", "Nullable").iterator();
        add(
                trials,
                "loading of classes of a module",
                () -> load(ANNOTATIONS + names.next()),
                () -> load(ANNOTATIONS + names.next()));
        add(trials, "interrupt of another", () -> thread().interrupt(), () -> Thread.currentThread().isInterrupted());
    }

    private static void load(String name) throws ClassNotFoundException {
        Class.forName(name, false, ClassLoader.getSystemClassLoader());
    }

    private static Thread thread() {
        Thread known = thread;
        if (known == null) {
            known = new Thread(() -> {});
        }
        return known;
    }
}
