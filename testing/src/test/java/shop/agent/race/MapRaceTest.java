package shop.agent.race;

import static shop.agent.race.Races.noRace;
import static shop.agent.race.Races.race;
import static shop.agent.race.Races.together;
import static shop.agent.race.Races.use;

import gofer.goroutine.Body;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Twins of Go's race tests of maps, `map_test.go`, for a HashMap. It is one variable, whichever key is used.
class MapRaceTest {

    /// A variable that holds a map.
    static final class Holder {
        Map<Integer, Integer> m = new HashMap<>();
    }

    private static Body both(Consumer<Map<Integer, Integer>> other, Consumer<Map<Integer, Integer>> here) {
        return () -> {
            Map<Integer, Integer> m = new HashMap<>();
            m.put(0, 0);
            together(() -> other.accept(m), () -> here.accept(m));
        };
    }

    private static void iterate(Map<Integer, Integer> m) {
        for (int key : m.keySet()) use(key);
    }

    @Test
    void raceMapRW() {
        race(both(m -> use(m.getOrDefault(1, 0)), m -> m.put(1, 1)));
    }

    @Test
    void raceMapRW2() {
        race(both(m -> use(m.containsKey(1)), m -> m.put(1, 1)));
    }

    /// The entry that is read is not the one that is written.
    @Test
    void raceMapRWArray() {
        race(() -> {
            Map<Integer, int[]> m = new HashMap<>();
            m.put(1, new int[2]);
            together(() -> use(m.get(1)[1]), () -> m.put(2, new int[] {1, 2}));
        });
    }

    @Test
    void noRaceMapRR() {
        noRace(both(m -> use(m.containsKey(1)), m -> use(m.getOrDefault(1, 0))));
    }

    @Test
    void raceMapRange() {
        race(both(MapRaceTest::iterate, m -> m.put(0, 1)));
    }

    @Test
    void raceMapRange2() {
        race(both(m -> m.forEach((key, value) -> use(key + value)), m -> m.put(0, 1)));
    }

    @Test
    void noRaceMapRangeRange() {
        noRace(both(MapRaceTest::iterate, MapRaceTest::iterate));
    }

    @Test
    void raceMapLen() {
        race(both(m -> use(m.size()), m -> m.put(1, 1)));
    }

    @Test
    void raceMapDelete() {
        race(both(m -> m.remove(1), m -> m.put(1, 1)));
    }

    /// To remove a key that is not there is a write in Go. In a parallel run, it is a read, so here the key is there.
    @Test
    void raceMapLenDelete() {
        race(both(m -> m.remove(0), m -> use(m.size())));
    }

    @Test
    void raceMapVariable() {
        race(() -> {
            var h = new Holder();
            together(() -> h.m = new HashMap<>(), () -> h.m = new HashMap<>());
        });
    }

    @Test
    void raceMapVariable2() {
        race(() -> {
            var h = new Holder();
            together(() -> h.m.put(1, 1), () -> h.m = new HashMap<>());
        });
    }

    @Test
    void raceMapVariable3() {
        race(() -> {
            var h = new Holder();
            together(() -> use(h.m.containsKey(1)), () -> h.m = new HashMap<>());
        });
    }

    /// A mutable key or value. Java's maps keep references. So the hash of a key reads it, and the copy of a value does.
    static final class Big {
        final int[] x = new int[17];

        Big copy() {
            var copy = new Big();
            copy.set(this);
            return copy;
        }

        void set(Big other) {
            for (int i = 0; i < x.length; i++) x[i] = other.x[i];
        }

        @Override
        public int hashCode() {
            int hash = 0;
            for (int n : x) hash = 31 * hash + n;
            return hash;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Big other && Arrays.equals(x, other.x);
        }
    }

    /// An access to a map with a key that the other goroutine changes.
    private static Body withKey(Access access) {
        return () -> {
            var key = new Big();
            Map<Big, Integer> m = new HashMap<>();
            m.put(new Big(), 1);
            together(() -> key.x[8] = 1, () -> access.run(m, key));
        };
    }

    private interface Access {
        void run(Map<Big, Integer> m, Big key);
    }

    @Test
    void raceMapLookupPartKey() {
        race(withKey((m, key) -> use(m.getOrDefault(key, 0))));
    }

    @Test
    void raceMapLookupPartKey2() {
        race(withKey((m, key) -> use(m.containsKey(key))));
    }

    @Test
    void raceMapDeletePartKey() {
        race(withKey(Map::remove));
    }

    @Test
    void raceMapInsertPartKey() {
        race(withKey((m, key) -> m.put(key, 1)));
    }

    @Test
    void raceMapInsertPartVal() {
        race(() -> {
            var value = new Big();
            Map<Integer, Big> m = new HashMap<>();
            together(() -> value.x[8] = 1, () -> m.put(1, value.copy()));
        });
    }

    /// The race is on the element of the array, not on the map.
    @Test
    void raceMapAssignMultipleReturn() {
        race(() -> {
            Map<Integer, int[]> m = new HashMap<>();
            m.put(1, new int[1]);
            together(() -> m.get(1)[0] = 42, () -> use(m.get(1)[0]));
        });
    }

    /// As [#withKey], with the access in the other goroutine.
    private static Body withKeyInGoroutine(Access access) {
        return () -> {
            var key = new Big();
            Map<Big, Integer> m = new HashMap<>();
            m.put(new Big(), 1);
            together(() -> access.run(m, key), () -> key.x[16] = 1);
        };
    }

    @Test
    void raceMapBigKeyAccess1() {
        race(withKeyInGoroutine((m, key) -> use(m.getOrDefault(key, 0))));
    }

    @Test
    void raceMapBigKeyAccess2() {
        race(withKeyInGoroutine((m, key) -> use(m.containsKey(key))));
    }

    @Test
    void raceMapBigKeyInsert() {
        race(withKeyInGoroutine((m, key) -> m.put(key, 1)));
    }

    @Test
    void raceMapBigKeyDelete() {
        race(withKeyInGoroutine(Map::remove));
    }

    private static Body withValue(ValueAccess access) {
        return () -> {
            var value = new Big();
            Map<Integer, Big> m = new HashMap<>();
            m.put(1, new Big());
            together(() -> access.run(m, value), () -> value.x[16] = 1);
        };
    }

    private interface ValueAccess {
        void run(Map<Integer, Big> m, Big value);
    }

    @Test
    void raceMapBigValInsert() {
        race(withValue((m, value) -> m.put(1, value.copy())));
    }

    @Test
    void raceMapBigValAccess1() {
        race(withValue((m, value) -> value.set(m.getOrDefault(1, new Big()))));
    }

    @Test
    void raceMapBigValAccess2() {
        race(
                withValue((m, value) -> {
                    Big found = m.get(1);
                    if (found != null) value.set(found);
                }));
    }

    /// Go's TestRaceUnaddressableMapLen, of `regression_test.go`.
    @Test
    void raceUnaddressableMapLen() {
        race(() -> {
            Map<Integer, Map<Integer, Integer>> m = new HashMap<>();
            m.put(0, new HashMap<>());
            together(() -> use(m.get(0).size()), () -> m.get(0).put(0, 1));
        });
    }
}
