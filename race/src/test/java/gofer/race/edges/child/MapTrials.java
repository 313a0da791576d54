package gofer.race.edges.child;

import static gofer.race.edges.child.Trials.pair;
import static gofer.race.edges.child.Trials.until;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/// Concurrent maps, and collections whose methods are synchronized.
@SuppressWarnings("JdkObsolete") // they are what is tested
final class MapTrials {

    private MapTrials() {}

    /// A key whose hash code all keys share, so that they are in one tree.
    private record Colliding(int number) implements Comparable<Colliding> {

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public int compareTo(Colliding other) {
            return Integer.compare(number, other.number);
        }
    }

    static void addTo(Trials trials) {
        addMap(trials, "ConcurrentHashMap", ConcurrentHashMap::new);
        addMap(trials, "ConcurrentSkipListMap", ConcurrentSkipListMap::new);
        addSizes(trials, "ConcurrentHashMap", ConcurrentHashMap::new);
        addSizes(trials, "ConcurrentSkipListMap", ConcurrentSkipListMap::new);
        trials.add(
                "ConcurrentHashMap, trees",
                () -> {
                    var map = new ConcurrentHashMap<Colliding, String>();
                    for (int i = 0; i < 100; i++) {
                        map.put(new Colliding(2 * i), "");
                    }
                    return pair(
                            () -> map.put(new Colliding(101), "a"),
                            () -> until(() -> map.get(new Colliding(101)) != null));
                });
        trials.add(
                "ConcurrentHashMap.newKeySet",
                () -> {
                    Set<String> set = ConcurrentHashMap.newKeySet();
                    return pair(() -> set.add("a"), () -> until(() -> set.contains("a")));
                });
        trials.add(
                "ConcurrentSkipListSet",
                () -> {
                    var set = new ConcurrentSkipListSet<String>();
                    return pair(() -> set.add("a"), () -> until(() -> set.contains("a")));
                });
        trials.add(
                "ConcurrentSkipListMap.firstEntry",
                () -> {
                    var map = new ConcurrentSkipListMap<String, String>();
                    return pair(() -> map.put("a", "b"), () -> until(() -> map.firstEntry() != null));
                });
        addSynchronized(trials, "Hashtable", Hashtable::new);
        addSynchronized(trials, "Properties", Properties::new);
        addSynchronized(trials, "Collections.synchronizedMap", () -> Collections.synchronizedMap(new HashMap<>()));
        addSynchronized(
                trials, "Collections.synchronizedSortedMap", () -> Collections.synchronizedSortedMap(new TreeMap<>()));
        trials.add("Vector", () -> lists(new Vector<>()));
        trials.add("Collections.synchronizedList", () -> lists(Collections.synchronizedList(new ArrayList<>())));
        trials.add(
                "StringBuffer",
                () -> {
                    var text = new StringBuffer();
                    return pair(() -> text.append("a"), () -> until(() -> text.indexOf("a") >= 0));
                });
        trials.add(
                "System.setProperty",
                () -> {
                    System.clearProperty("gofer.test");
                    return pair(
                            () -> System.setProperty("gofer.test", "a"),
                            () -> until(() -> System.getProperty("gofer.test") != null));
                });
        trials.add(
                "Throwable.addSuppressed",
                () -> {
                    var thrown = new IllegalStateException();
                    return pair(
                            () -> thrown.addSuppressed(new RuntimeException()),
                            () -> until(() -> thrown.getSuppressed().length > 0));
                });
    }

    private static void addMap(Trials trials, String name, Supplier<ConcurrentMap<String, String>> maker) {
        trials.add(
                name + ".put",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    return pair(() -> map.put("a", "b"), () -> until(() -> map.get("a") != null));
                });
        trials.add(
                name + ".replace",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    map.put("a", "b");
                    return pair(() -> map.replace("a", "c"), () -> until(() -> "c".equals(map.get("a"))));
                });
        trials.add(
                name + ".computeIfAbsent",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    return pair(() -> map.computeIfAbsent("a", _ -> "b"), () -> until(() -> map.containsKey("a")));
                });
        trials.add(
                name + ".merge",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    map.put("a", "b");
                    return pair(
                            () -> map.merge("a", "c", String::concat),
                            () -> until(() -> "bc".equals(map.getOrDefault("a", ""))));
                });
        trials.add(
                name + ".remove",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    return pair(() -> map.put("a", "b"), () -> until(() -> map.remove("a") != null));
                });
        trials.add(
                name + ", iterated",
                () -> {
                    ConcurrentMap<String, String> map = maker.get();
                    map.put("first", "");
                    return pair(
                            () -> map.put("a", "b"),
                            () ->
                                    until(() -> {
                                        for (Map.Entry<String, String> entry : map.entrySet()) {
                                            if (entry.getKey().equals("a")) {
                                                return true;
                                            }
                                        }
                                        return false;
                                    }));
                });
    }

    /// The value must arrive also if the map grows meanwhile.
    private static void addSizes(Trials trials, String name, Supplier<ConcurrentMap<Integer, String>> maker) {
        trials.add(
                name + ", growing",
                () -> {
                    ConcurrentMap<Integer, String> map = maker.get();
                    return pair(
                            () -> {
                                for (int i = 0; i < 2000; i++) {
                                    map.put(i, "");
                                }
                            },
                            () -> until(() -> map.get(1999) != null));
                });
    }

    private static void addSynchronized(Trials trials, String name, Supplier<Map<Object, Object>> maker) {
        trials.add(
                name,
                () -> {
                    Map<Object, Object> map = maker.get();
                    return pair(() -> map.put("a", "b"), () -> until(() -> map.get("a") != null));
                });
    }

    private static Trials.Pair lists(List<String> list) {
        return pair(() -> list.add("a"), () -> until(() -> !list.isEmpty()));
    }
}
