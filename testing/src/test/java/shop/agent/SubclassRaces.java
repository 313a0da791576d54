package shop.agent;

import static shop.agent.Pair.both;
import static shop.agent.Pair.same;
import static shop.agent.Pair.twice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Programs that use classes of the JDK through subclasses and interfaces of their own.
final class SubclassRaces {

    private SubclassRaces() {}

    /// A map with few methods of its own.
    private static class Cache extends HashMap<String, Integer> {
        private static final long serialVersionUID = 1;

        boolean putOnce(String key) {
            if (super.containsKey(key)) return false;
            super.put(key, 1);
            return true;
        }

        /// Its own code has the scheduling points.
        @Override
        public @Nullable Integer get(Object key) {
            return super.get(key);
        }
    }

    private static final class SmallCache extends Cache {
        private static final long serialVersionUID = 1;
    }

    private interface Store extends ConcurrentMap<String, Integer> {}

    private static final class MapStore extends ConcurrentHashMap<String, Integer> implements Store {
        private static final long serialVersionUID = 1;
    }

    /// An interface that does not show that a class of the JDK implements it.
    private interface Bag {
        boolean isEmpty();

        boolean add(String item);
    }

    private static final class ListBag extends ArrayList<String> implements Bag {
        private static final long serialVersionUID = 1;
    }

    private static final class Worker extends Thread {}

    private static final class Sized {
        final int size;

        Sized(List<Integer> list) {
            this(list.size());
        }

        private Sized(int size) {
            this.size = size;
        }
    }

    private static final class Copy extends ArrayList<Integer> {
        private static final long serialVersionUID = 1;

        Copy(List<Integer> list) {
            super(list);
        }
    }

    private static final class Grid implements Cloneable {
        int cells;

        @Override
        protected Grid clone() throws CloneNotSupportedException {
            return (Grid) super.clone();
        }
    }

    private static final class Counter extends AtomicInteger {
        private static final long serialVersionUID = 1;
    }

    /// Not in [#all], because its search is never complete: the search notices that a platform thread is created.
    static final Race THREAD =
            new Race(
                    "a thread of its own class",
                    lock -> {
                        var worker = new Worker();
                        both(lock, worker::interrupt, () -> same(worker.isInterrupted(), worker.isInterrupted()));
                    });

    static List<Race> all() {
        return List.of(
                new Race(
                        "methods that a class inherits",
                        lock -> {
                            var cache = new Cache();
                            var puts = new AtomicInteger();
                            twice(
                                    lock,
                                    () -> {
                                        if (!cache.containsKey("a")) {
                                            cache.put("a", 1);
                                            puts.incrementAndGet();
                                        }
                                    });
                            same(1, puts.get());
                        }),
                new Race(
                        "methods that a class inherits from one that inherits them",
                        lock -> {
                            var cache = new SmallCache();
                            twice(lock, () -> cache.put("a", cache.size()));
                            same(1, cache.getOrDefault("a", 0));
                        }),
                new Race(
                        "super calls",
                        lock -> {
                            var cache = new Cache();
                            var puts = new AtomicInteger();
                            twice(
                                    lock,
                                    () -> {
                                        if (cache.putOnce("a")) puts.incrementAndGet();
                                    });
                            same(1, puts.get());
                        }),
                new Race(
                        "an interface that extends one of the JDK's",
                        lock -> {
                            Store store = new MapStore();
                            twice(lock, () -> store.put("a", store.getOrDefault("a", 0) + 1));
                            same(2, store.getOrDefault("a", 0));
                        }),
                new Race(
                        "an interface that a class implements by a superclass in the JDK",
                        lock -> {
                            var list = new ListBag();
                            Bag bag = list;
                            twice(
                                    lock,
                                    () -> {
                                        if (bag.isEmpty()) bag.add("a");
                                    });
                            same(1, list.size());
                        }),
                new Race(
                        "references to inherited methods",
                        lock -> {
                            var cache = new SmallCache();
                            Function<String, Boolean> has = cache::containsKey;
                            BiFunction<String, Integer, Integer> put = cache::put;
                            var puts = new AtomicInteger();
                            twice(
                                    lock,
                                    () -> {
                                        if (!has.apply("a")) {
                                            var _ = put.apply("a", 1);
                                            puts.incrementAndGet();
                                        }
                                    });
                            same(1, puts.get());
                        }),
                new Race(
                        "an atomic of its own",
                        lock -> {
                            var counter = new Counter();
                            twice(lock, () -> counter.set(counter.get() + 1));
                            same(2, counter.get());
                        }),
                new Race(
                        "a list that a constructor reads before it calls another",
                        lock -> {
                            List<Integer> list = new ArrayList<>();
                            twice(lock, () -> list.add(new Sized(list).size));
                            same(List.of(0, 1), list);
                        }),
                new Race(
                        "an array that a constructor passes to its superclass",
                        lock -> {
                            Integer[] array = {0, 0};
                            List<Integer> view = Arrays.asList(array);
                            both(lock, () -> array[0] = 1, () -> same(new Copy(view), new Copy(view)));
                        }),
                new Race(
                        "a clone",
                        lock -> {
                            var grid = new Grid();
                            both(lock, () -> grid.cells = 1, () -> same(grid.clone().cells, grid.clone().cells));
                        }));
    }
}
