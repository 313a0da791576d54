package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import java.util.Collection;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Queues and copy-on-write collections.
final class QueueTrials {

    private QueueTrials() {}

    static void addTo(Trials trials) {
        addBlocking(trials, "ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(1));
        addBlocking(trials, "LinkedBlockingQueue", LinkedBlockingQueue::new);
        addBlocking(trials, "LinkedBlockingDeque", LinkedBlockingDeque::new);
        addBlocking(trials, "PriorityBlockingQueue", PriorityBlockingQueue::new);
        addBlocking(trials, "SynchronousQueue", SynchronousQueue::new);
        addBlocking(trials, "fair SynchronousQueue", () -> new SynchronousQueue<>(true));
        addBlocking(trials, "LinkedTransferQueue", LinkedTransferQueue::new);
        trials.add(
                "LinkedTransferQueue.transfer",
                () -> {
                    var queue = new LinkedTransferQueue<String>();
                    return pair(() -> queue.transfer("a"), queue::take);
                });
        trials.add(
                "LinkedTransferQueue.transfer, back",
                () -> {
                    var queue = new LinkedTransferQueue<String>();
                    return pair(queue::take, () -> queue.transfer("a"));
                });
        trials.add(
                "SynchronousQueue, back",
                () -> {
                    var queue = new SynchronousQueue<String>();
                    return pair(queue::take, () -> queue.put("a"));
                });
        trials.add(
                "ArrayBlockingQueue, back",
                () -> {
                    var queue = new ArrayBlockingQueue<String>(1);
                    queue.add("full");
                    return pair(queue::take, () -> queue.put("a"));
                });
        trials.add(
                "LinkedBlockingDeque from the other end",
                () -> {
                    BlockingDeque<String> deque = new LinkedBlockingDeque<>();
                    return pair(() -> deque.putFirst("a"), deque::takeLast);
                });
        trials.add(
                "DelayQueue",
                () -> {
                    var queue = new DelayQueue<Late>();
                    return pair(() -> queue.put(new Late()), queue::take);
                });
        addPolled(trials, "ConcurrentLinkedQueue", ConcurrentLinkedQueue::new);
        addPolled(trials, "ConcurrentLinkedDeque", ConcurrentLinkedDeque::new);
        trials.add(
                "ConcurrentLinkedDeque from the other end",
                () -> {
                    Deque<String> deque = new ConcurrentLinkedDeque<>();
                    return pair(() -> deque.addFirst("a"), () -> until(() -> deque.pollLast() != null));
                });
        addIterated(trials, "ConcurrentLinkedQueue", ConcurrentLinkedQueue::new);
        addIterated(trials, "ConcurrentLinkedDeque", ConcurrentLinkedDeque::new);
        addIterated(trials, "LinkedBlockingQueue", LinkedBlockingQueue::new);
        addIterated(trials, "ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(2));
        addIterated(trials, "LinkedTransferQueue", LinkedTransferQueue::new);
        addIterated(trials, "CopyOnWriteArrayList", CopyOnWriteArrayList::new);
        addIterated(trials, "CopyOnWriteArraySet", CopyOnWriteArraySet::new);
        trials.add(
                "CopyOnWriteArrayList.set",
                () -> {
                    var list = new CopyOnWriteArrayList<>(java.util.List.of("a"));
                    return pair(() -> list.set(0, "b"), () -> until(() -> list.get(0).equals("b")));
                });
    }

    private static void addBlocking(Trials trials, String name, Supplier<BlockingQueue<String>> maker) {
        trials.add(
                name,
                () -> {
                    BlockingQueue<String> queue = maker.get();
                    return pair(() -> queue.put("a"), queue::take);
                });
        trials.add(
                name + " with timeout",
                () -> {
                    BlockingQueue<String> queue = maker.get();
                    return pair(() -> queue.offer("a", 1, TimeUnit.HOURS), () -> queue.poll(1, TimeUnit.HOURS));
                });
    }

    private static void addPolled(Trials trials, String name, Supplier<Queue<String>> maker) {
        trials.add(
                name,
                () -> {
                    Queue<String> queue = maker.get();
                    return pair(() -> queue.add("a"), () -> until(() -> queue.poll() != null));
                });
        trials.add(
                name + ".peek",
                () -> {
                    Queue<String> queue = maker.get();
                    return pair(() -> queue.add("a"), () -> until(() -> queue.peek() != null));
                });
    }

    private static void addIterated(Trials trials, String name, Supplier<Collection<String>> maker) {
        trials.add(
                name + ", iterated",
                () -> {
                    Collection<String> elements = maker.get();
                    elements.add("first");
                    return pair(
                            () -> elements.add("a"),
                            () ->
                                    until(() -> {
                                        for (String element : elements) {
                                            if (element.equals("a")) {
                                                return true;
                                            }
                                        }
                                        return false;
                                    }));
                });
    }

    /// An element that is due at once.
    private static final class Late implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
