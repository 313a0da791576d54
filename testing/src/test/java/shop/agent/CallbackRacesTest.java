package shop.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import gofer.goroutine.Body;
import gofer.sync.WaitGroup;
import gofer.testing.Explore;
import gofer.testing.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Code of the program that the JDK calls: the search reports no race where the JDK orders the calls, and one where it does not.
@SuppressWarnings("JdkObsolete") // under test
class CallbackRacesTest {

    private static final class Box {
        int value;
        volatile Box next = this;

        static Box of(int value) {
            var box = new Box();
            box.value = value;
            return box;
        }
    }

    /// Makes two goroutines run `body` and waits for them.
    private static void twice(Body body) {
        var both = new WaitGroup();
        both.go(body);
        both.go(body);
        both.await();
    }

    private static List<Fault> faults(Body body) {
        return Explore.schedules(100).search(body).faults();
    }

    private static DynamicTest fine(String name, Body body) {
        return dynamicTest(name, () -> assertThat(faults(body)).isEmpty());
    }

    private static DynamicTest racy(String name, Body body) {
        return dynamicTest(name, () -> assertThat(faults(body)).isNotEmpty());
    }

    /// Each of two goroutines gets an object that one of them has made in a function.
    private static DynamicTest published(String name, Supplier<Supplier<Box>> setUp) {
        return fine(
                name,
                () -> {
                    Supplier<Box> get = setUp.get();
                    twice(() -> assertThat(get.get().value).isEqualTo(5));
                });
    }

    @TestFactory
    Stream<DynamicTest> whatAFunctionMakesIsPublished() {
        var updater = AtomicReferenceFieldUpdater.newUpdater(Box.class, Box.class, "next");
        return Stream.of(
                published(
                        "ConcurrentHashMap.computeIfAbsent",
                        () -> {
                            Map<String, Box> map = new ConcurrentHashMap<>();
                            return () -> map.computeIfAbsent("a", _ -> Box.of(5));
                        }),
                published(
                        "ConcurrentHashMap.compute",
                        () -> {
                            ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
                            return () -> map.compute("a", (_, old) -> old == null ? Box.of(5) : old);
                        }),
                published(
                        "ConcurrentHashMap.merge",
                        () -> {
                            var map = new ConcurrentHashMap<String, Box>();
                            return () -> map.merge("a", Box.of(5), (_, _) -> Box.of(5));
                        }),
                published(
                        "ConcurrentHashMap.replaceAll",
                        () -> {
                            var map = new ConcurrentHashMap<>(Map.of("a", Box.of(5)));
                            return () -> {
                                map.replaceAll((_, _) -> Box.of(5));
                                return map.get("a");
                            };
                        }),
                published(
                        "ConcurrentSkipListMap.computeIfAbsent",
                        () -> {
                            var map = new ConcurrentSkipListMap<String, Box>();
                            return () -> map.computeIfAbsent("a", _ -> Box.of(5));
                        }),
                published(
                        "AtomicReference.updateAndGet",
                        () -> {
                            var reference = new AtomicReference<>(Box.of(1));
                            return () -> reference.updateAndGet(old -> old.value == 5 ? old : Box.of(5));
                        }),
                published(
                        "AtomicReference.accumulateAndGet",
                        () -> {
                            var reference = new AtomicReference<>(Box.of(1));
                            return () -> reference.accumulateAndGet(Box.of(4), (a, _) -> a.value == 5 ? a : Box.of(5));
                        }),
                published(
                        "AtomicReferenceArray.updateAndGet",
                        () -> {
                            var array = new AtomicReferenceArray<Box>(1);
                            return () -> array.updateAndGet(0, old -> old == null ? Box.of(5) : old);
                        }),
                published(
                        "AtomicReferenceFieldUpdater.updateAndGet",
                        () -> {
                            var box = Box.of(1);
                            return () -> updater.updateAndGet(box, old -> old.value == 5 ? old : Box.of(5));
                        }),
                published(
                        "Collections.synchronizedMap",
                        () -> {
                            Map<String, Box> map = Collections.synchronizedMap(new HashMap<>());
                            return () -> map.computeIfAbsent("a", _ -> Box.of(5));
                        }),
                published(
                        "Hashtable.computeIfAbsent",
                        () -> {
                            var map = new Hashtable<String, Box>();
                            return () -> map.computeIfAbsent("a", _ -> Box.of(5));
                        }));
    }

    private static DynamicTest locked(String name, Supplier<Consumer<Box>> setUp) {
        return fine(name, () -> useTwice(setUp));
    }

    private static void useTwice(Supplier<Consumer<Box>> setUp) {
        var box = new Box();
        Consumer<Box> use = setUp.get();
        twice(() -> use.accept(box));
    }

    @TestFactory
    Stream<DynamicTest> functionsUnderALockTakeTurns() {
        return Stream.of(
                locked(
                        "Vector.forEach",
                        () -> {
                            var list = new Vector<>(List.of(1));
                            return box -> list.forEach(_ -> box.value++);
                        }),
                locked(
                        "Vector.replaceAll",
                        () -> {
                            List<Integer> list = new Vector<>(List.of(1));
                            return box -> list.replaceAll(_ -> box.value++);
                        }),
                locked(
                        "Vector.removeIf",
                        () -> {
                            var list = new Vector<>(List.of(1));
                            return box -> list.removeIf(_ -> box.value++ > 9);
                        }),
                locked(
                        "Hashtable.forEach",
                        () -> {
                            var map = new Hashtable<>(Map.of(1, 1));
                            return box -> map.forEach((_, _) -> box.value++);
                        }),
                locked(
                        "Collections.synchronizedList",
                        () -> {
                            Iterable<Integer> list = Collections.synchronizedList(new ArrayList<>(List.of(1)));
                            return box -> list.forEach(_ -> box.value++);
                        }),
                locked(
                        "ArrayBlockingQueue.forEach",
                        () -> {
                            var queue = new ArrayBlockingQueue<>(1, false, List.of(1));
                            return box -> queue.forEach(_ -> box.value++);
                        }),
                locked(
                        "CopyOnWriteArrayList.removeIf",
                        () -> {
                            var list = new CopyOnWriteArrayList<>(List.of(1));
                            return box -> list.removeIf(_ -> box.value++ > 9);
                        }),
                locked(
                        "CopyOnWriteArrayList.replaceAll",
                        () -> {
                            var list = new CopyOnWriteArrayList<>(List.of(1));
                            return box -> list.replaceAll(_ -> box.value++);
                        }),
                locked(
                        "CopyOnWriteArraySet.removeIf",
                        () -> {
                            var set = new CopyOnWriteArraySet<>(List.of(1));
                            return box -> set.removeIf(_ -> box.value++ > 9);
                        }),
                locked(
                        "ConcurrentHashMap.compute",
                        () -> {
                            var map = new ConcurrentHashMap<Integer, Integer>();
                            return box -> map.compute(1, (_, _) -> box.value++);
                        }));
    }

    @TestFactory
    Stream<DynamicTest> codeThatRunsBeforeOthersAreWokenIsOrdered() {
        return Stream.of(
                fine(
                        "CyclicBarrier",
                        () -> {
                            var parts = new int[2];
                            var sum = new Box();
                            var barrier = new CyclicBarrier(2, () -> sum.value = parts[0] + parts[1]);
                            meet(parts, sum, barrier::await);
                        }),
                fine(
                        "Phaser",
                        () -> {
                            var parts = new int[2];
                            var sum = new Box();
                            var phaser =
                                    new Phaser(2) {
                                        @Override
                                        protected boolean onAdvance(int phase, int registered) {
                                            sum.value = parts[0] + parts[1];
                                            return false;
                                        }
                                    };
                            meet(parts, sum, phaser::arriveAndAwaitAdvance);
                        }),
                fine(
                        "PriorityBlockingQueue",
                        () -> {
                            BlockingQueue<Box> queue =
                                    new PriorityBlockingQueue<>(4, Comparator.comparingInt(box -> box.value));
                            var both = new WaitGroup();
                            both.go(() -> {
                                queue.put(Box.of(1));
                                queue.put(Box.of(2));
                            });
                            both.go(() -> {
                                queue.take().value++;
                                queue.take().value++;
                            });
                            both.await();
                        }));
    }

    private static void meet(int[] parts, Box sum, Body await) {
        var both = new WaitGroup();
        for (int i = 0; i < 2; i++) {
            int mine = i;
            both.go(() -> {
                parts[mine] = mine + 1;
                await.run();
                assertThat(sum.value).isEqualTo(3);
            });
        }
        both.await();
    }

    private static DynamicTest unlocked(String name, Supplier<Consumer<Box>> setUp) {
        return racy(name, () -> useTwice(setUp));
    }

    @TestFactory
    Stream<DynamicTest> functionsWithoutALockAreInARace() {
        return Stream.of(
                unlocked(
                        "ConcurrentHashMap.forEach",
                        () -> {
                            var map = new ConcurrentHashMap<>(Map.of(1, 1));
                            return box -> map.forEach((_, _) -> box.value++);
                        }),
                unlocked(
                        "ConcurrentLinkedQueue.forEach",
                        () -> {
                            var queue = new ConcurrentLinkedQueue<>(List.of(1));
                            return box -> queue.forEach(_ -> box.value++);
                        }),
                unlocked(
                        "LinkedBlockingQueue.forEach",
                        () -> {
                            var queue = new LinkedBlockingQueue<>(List.of(1));
                            return box -> queue.forEach(_ -> box.value++);
                        }),
                unlocked(
                        "CopyOnWriteArrayList.forEach",
                        () -> {
                            var list = new CopyOnWriteArrayList<>(List.of(1));
                            return box -> list.forEach(_ -> box.value++);
                        }),
                unlocked(
                        "Stream.forEach",
                        () -> {
                            var list = new CopyOnWriteArrayList<>(List.of(1));
                            return box -> list.stream().forEach(_ -> box.value++);
                        }));
    }
}
