package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import gofer.race.edges.child.Trials.Pair;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads, their interrupts, waits, and references.
@SuppressWarnings({"WaitNotInLoop", "ReachabilityFenceUsage"})
final class ThreadTrials {

    private static volatile @Nullable Thread thread; // no edge, as this class has no hooks
    private static volatile boolean done;

    private ThreadTrials() {}

    private static Thread thread() {
        until(() -> thread != null);
        return java.util.Objects.requireNonNull(thread);
    }

    static void addTo(Trials trials) {
        for (Thread.Builder builder : new Thread.Builder[] {Thread.ofPlatform(), Thread.ofVirtual()}) {
            String kind =
                    builder instanceof Thread.Builder.OfVirtual ? " of a virtual thread" : " of a platform thread";
            trials.add("start, join()" + kind, () -> starts(builder, Thread::join));
            trials.add("start, join(Duration)" + kind, () -> starts(builder, one -> one.join(Duration.ofHours(1))));
            trials.add("start, isAlive" + kind, () -> starts(builder, one -> until(() -> !one.isAlive())));
            trials.add(
                    "start, getState" + kind,
                    () -> starts(builder, one -> until(() -> one.getState() == Thread.State.TERMINATED)));
        }
        trials.add("interrupt, isInterrupted", () -> interrupts(() -> until(Thread.currentThread()::isInterrupted)));
        trials.add("interrupt, interrupted", () -> interrupts(() -> until(Thread::interrupted)));
        trials.add("interrupt, sleep", () -> interrupts(() -> Thread.sleep(Duration.ofHours(1))));
        trials.add(
                "interrupt, join",
                () -> {
                    Thread endless = Thread.ofVirtual().start(LockSupport::park);
                    return interrupts(endless::join);
                });
        trials.add(
                "interrupt, wait",
                () -> {
                    var lock = new Object();
                    return interrupts(() -> {
                        synchronized (lock) {
                            lock.wait(3_600_000);
                        }
                    });
                });
        trials.add("interrupt, await", () -> interrupts(() -> new java.util.concurrent.CountDownLatch(1).await()));
        trials.add(
                "setName",
                () -> {
                    Thread named = new Thread(() -> {});
                    return pair(() -> named.setName("a"), () -> until(() -> named.getName().equals("a")));
                });
        trials.add(
                "ReferenceQueue",
                () -> {
                    var queue = new ReferenceQueue<Object>();
                    var reference = new WeakReference<>(new Object(), queue);
                    return pair(reference::enqueue, queue::remove);
                });
        trials.add("reachabilityFence", ThreadTrials::reachability);
        trials.add(
                "ClassValue",
                () -> {
                    done = false;
                    var value =
                            new ClassValue<Object>() {
                                @Override
                                protected Object computeValue(Class<?> type) {
                                    return new Object();
                                }
                            };
                    return pair(
                            () -> {
                                value.get(String.class);
                                done = true;
                            },
                            () -> {
                                until(() -> done);
                                value.get(String.class);
                            });
                });
    }

    private interface End {
        void await(Thread thread) throws InterruptedException;
    }

    private static Pair starts(Thread.Builder builder, End end) {
        thread = null;
        return pair(() -> thread = builder.start(() -> {}), () -> end.await(thread()));
    }

    private static Pair interrupts(Trials.Action wait) {
        thread = null;
        return pair(
                () -> thread().interrupt(),
                () -> {
                    thread = Thread.currentThread();
                    try {
                        wait.run();
                    } catch (InterruptedException _) {
                        // the edge must exist here
                    }
                });
    }

    private static Pair reachability() {
        var queue = new ReferenceQueue<Object>();
        Object[] referent = {new Object()};
        var reference = new WeakReference<>(referent[0], queue);
        return pair(
                () -> {
                    Reference.reachabilityFence(referent[0]);
                    referent[0] = "";
                },
                () ->
                        until(() -> {
                            System.gc();
                            return queue.poll() == reference;
                        }));
    }
}
