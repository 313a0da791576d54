package shop.agent;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Programs without data races that use the JDK: the search reports nothing.
@SuppressWarnings("LockNotBeforeTry") // short programs
class RaceFreeProgramsTest {

    private static final class Box {
        int value;

        synchronized void add() {
            value++;
        }

        synchronized int get() {
            return value;
        }
    }

    private static final class Shared {
        static int value;

        static synchronized void add() {
            value++;
        }
    }

    private static DynamicTest program(String name, Body body) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    Exploration result = Explore.schedules(200).search(body);
                    assertThat(result.faults()).isEmpty();
                });
    }

    private static void spin(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /// A goroutine writes, then publishes; the main goroutine waits for that, then reads.
    private static DynamicTest handOver(String name, Body publish, Body await) {
        var box = new Box();
        return program(
                name,
                () -> {
                    var mine = new Box();
                    go(() -> {
                        mine.value = 1;
                        publish.run();
                    });
                    await.run();
                    assertThat(mine.value).isEqualTo(1);
                    assertThat(box.get()).isZero();
                });
    }

    private static DynamicTest queue(BlockingQueue<Integer> queue) {
        return handOver(queue.getClass().getSimpleName(), () -> queue.put(1), queue::take);
    }

    private static DynamicTest polled(Queue<Integer> queue) {
        return handOver(
                queue.getClass().getSimpleName(),
                () -> queue.add(1),
                () -> spin(() -> queue.poll() instanceof Integer));
    }

    private static DynamicTest collection(String name, Collection<Integer> collection) {
        return handOver(
                name + " stream",
                () -> collection.add(1),
                () -> {
                    spin(() -> collection.stream().anyMatch(element -> element == 1));
                    collection.clear();
                });
    }

    private static DynamicTest map(ConcurrentMap<String, Integer> map) {
        return handOver(
                map.getClass().getSimpleName(),
                () -> map.merge("a", 1, Integer::sum),
                () -> {
                    spin(() -> map.entrySet().stream().mapToInt(entry -> entry.getValue()).sum() > 0);
                    map.clear();
                });
    }

    private static DynamicTest guarded(String name, Body lock, Body unlock) {
        return program(
                name,
                () -> {
                    var box = new Box();
                    var latch = new CountDownLatch(2);
                    for (int i = 0; i < 2; i++) {
                        go(() -> {
                            lock.run();
                            box.value++;
                            unlock.run();
                            latch.countDown();
                        });
                    }
                    latch.await();
                    assertThat(box.value).isEqualTo(2);
                });
    }

    @TestFactory
    Stream<DynamicTest> locks() {
        var lock = new ReentrantLock();
        var fair = new ReentrantLock(true);
        var readWrite = new ReentrantReadWriteLock();
        var stamped = new StampedLock();
        var semaphore = new Semaphore(1);
        return Stream.of(
                guarded("ReentrantLock", lock::lock, lock::unlock),
                guarded("fair lock", fair::lockInterruptibly, fair::unlock),
                guarded("tryLock", () -> spin(lock::tryLock), lock::unlock),
                guarded("write lock", readWrite.writeLock()::lock, readWrite.writeLock()::unlock),
                guarded("stamped lock", stamped::writeLock, () -> stamped.asWriteLock().unlock()),
                guarded("semaphore", semaphore::acquire, semaphore::release),
                program(
                        "read lock",
                        () -> {
                            var box = new Box();
                            var both = new ReentrantReadWriteLock();
                            go(() -> {
                                both.writeLock().lock();
                                box.value++;
                                both.readLock().lock();
                                both.writeLock().unlock();
                                assertThat(box.value).isEqualTo(1);
                                both.readLock().unlock();
                            });
                            both.readLock().lock();
                            assertThat(box.value).isBetween(0, 1);
                            both.readLock().unlock();
                        }));
    }

    @TestFactory
    Stream<DynamicTest> barriers() {
        var semaphore = new Semaphore(0);
        var barrier = new CyclicBarrier(2);
        var phaser = new Phaser(2);
        var exchanger = new Exchanger<Integer>();
        return Stream.of(
                handOver("released semaphore", semaphore::release, semaphore::acquire),
                handOver("barrier", barrier::await, barrier::await),
                handOver("phaser", phaser::arrive, phaser::arriveAndAwaitAdvance),
                handOver("exchanger", () -> exchanger.exchange(1), () -> exchanger.exchange(2)));
    }

    @TestFactory
    Stream<DynamicTest> queues() {
        return Stream.of(
                queue(new ArrayBlockingQueue<>(1)),
                queue(new LinkedBlockingQueue<>()),
                queue(new LinkedBlockingDeque<>()),
                queue(new PriorityBlockingQueue<>()),
                queue(new SynchronousQueue<>()),
                queue(new LinkedTransferQueue<>()),
                polled(new ConcurrentLinkedQueue<>()),
                polled(new ConcurrentLinkedDeque<>()),
                polled(new ArrayBlockingQueue<>(1)),
                polled(new ConcurrentSkipListSetQueue()));
    }

    /// A queue of the program that has a set of the JDK.
    private static final class ConcurrentSkipListSetQueue extends ConcurrentLinkedQueue<Integer> {
        private static final long serialVersionUID = 1;
        private final transient ConcurrentSkipListSet<Integer> set = new ConcurrentSkipListSet<>();

        @Override
        public boolean add(Integer element) {
            return set.add(element);
        }

        @Override
        public Integer poll() {
            return set.pollFirst();
        }
    }

    @TestFactory
    @SuppressWarnings("SharedCapture") // goroutines set different elements of a list
    Stream<DynamicTest> collections() {
        var moved = new LinkedBlockingQueue<Integer>();
        return Stream.of(
                collection("CopyOnWriteArrayList", new CopyOnWriteArrayList<>()),
                collection("CopyOnWriteArraySet", new CopyOnWriteArraySet<>()),
                collection("ConcurrentSkipListSet", new ConcurrentSkipListSet<>()),
                collection("key set", ConcurrentHashMap.newKeySet()),
                collection("set from map", Collections.newSetFromMap(new ConcurrentHashMap<>())),
                map(new ConcurrentHashMap<>()),
                map(new ConcurrentSkipListMap<>()),
                handOver(
                        "collector",
                        () -> assertThat(Stream.of(1).collect(Collectors.toCollection(() -> moved))).isNotNull(),
                        moved::take),
                program(
                        "synchronized list",
                        () -> {
                            List<Box> list = Collections.synchronizedList(new ArrayList<>());
                            go(() -> {
                                var box = new Box();
                                box.value = 1;
                                list.add(box);
                            });
                            synchronized (list) {
                                for (Box box : list) {
                                    assertThat(box.value).isEqualTo(1);
                                }
                            }
                        }),
                program(
                        "distinct elements",
                        () -> {
                            var list = new ArrayList<>(List.of(0, 0));
                            var latch = new CountDownLatch(2);
                            for (int i = 0; i < 2; i++) {
                                int index = i;
                                go(() -> {
                                    list.set(index, 1);
                                    latch.countDown();
                                });
                            }
                            latch.await();
                            assertThat(list).containsExactly(1, 1);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> atomics() {
        var flag = new AtomicBoolean();
        var number = new AtomicInteger();
        var big = new AtomicLong();
        var reference = new AtomicReference<>("");
        var marked = new AtomicMarkableReference<>("", false);
        var array = new AtomicIntegerArray(2);
        var adder = new LongAdder();
        return Stream.of(
                handOver("AtomicBoolean", () -> flag.set(true), () -> spin(() -> flag.compareAndSet(true, false))),
                handOver("AtomicInteger", number::incrementAndGet, () -> spin(() -> number.getAndSet(0) == 1)),
                handOver("AtomicLong", () -> big.lazySet(1), () -> spin(() -> big.getAndSet(0) == 1)),
                handOver(
                        "AtomicReference",
                        () -> reference.setRelease("a"),
                        () -> spin(() -> reference.compareAndSet("a", ""))),
                handOver(
                        "AtomicMarkableReference",
                        () -> marked.set("", true),
                        () -> spin(() -> marked.compareAndSet("", "", true, false))),
                handOver("AtomicIntegerArray", () -> array.set(1, 1), () -> spin(() -> array.getAndSet(1, 0) == 1)),
                handOver(
                        "text",
                        () -> number.set(1),
                        () -> {
                            spin(() -> ("" + number).equals("1"));
                            number.set(0);
                        }),
                program(
                        "LongAdder",
                        () -> {
                            var latch = new CountDownLatch(2);
                            for (int i = 0; i < 2; i++) {
                                go(() -> {
                                    adder.increment();
                                    latch.countDown();
                                });
                            }
                            latch.await();
                            assertThat(adder.sumThenReset()).isEqualTo(2);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> threadsAndMonitors() {
        return Stream.of(
                program(
                        "synchronized methods",
                        () -> {
                            var box = new Box();
                            go(box::add);
                            box.add();
                            spin(() -> box.get() == 2);
                        }),
                program(
                        "static synchronized methods",
                        () -> {
                            Thread thread = Thread.ofVirtual().start(Shared::add);
                            Shared.add();
                            thread.join();
                            Shared.value++;
                        }),
                program(
                        "isAlive",
                        () -> {
                            var box = new Box();
                            List<Thread> threads = List.of(Thread.ofVirtual().start(() -> box.value = 1));
                            spin(() -> threads.stream().noneMatch(Thread::isAlive));
                            assertThat(box.value).isEqualTo(1);
                        }),
                program(
                        "interrupt",
                        () -> {
                            var box = new Box();
                            Thread main = Thread.currentThread();
                            go(() -> {
                                box.value = 1;
                                main.interrupt();
                            });
                            spin(Thread::interrupted);
                            assertThat(box.value).isEqualTo(1);
                        }));
    }
}
