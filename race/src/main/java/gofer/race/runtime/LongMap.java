package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// A map from numbers to objects, for the use under a lock.
final class LongMap<V> {

    private static final int INITIAL_CAPACITY = 4; // a power of 2, as all capacities

    private long[] keys = new long[INITIAL_CAPACITY];
    private @Nullable Object[] values = new Object[INITIAL_CAPACITY]; // null in a free place
    private int size;

    int size() {
        return size;
    }

    /// Returns the value of a key; null if there is none.
    @SuppressWarnings("unchecked")
    @Nullable V get(long key) {
        return (V) values[find(key)];
    }

    void put(long key, V value) {
        int place = find(key);
        if (values[place] == null) {
            if (++size * 4 > keys.length * 3) {
                grow();
                place = find(key);
            }
            keys[place] = key;
        }
        values[place] = value;
    }

    void remove(long key) {
        int free = find(key);
        if (values[free] == null) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        values[free] = null;
        for (int place = free + 1 & mask; values[place] != null; place = place + 1 & mask) {
            int home = home(keys[place]);
            if ((place - home & mask) >= (place - free & mask)) { // a search for it passes the free place
                keys[free] = keys[place];
                values[free] = values[place];
                values[place] = null;
                free = place;
            }
        }
    }

    /// Returns the place of a key, or a free one if there is none.
    private int find(long key) {
        int place = home(key);
        while (values[place] != null && keys[place] != key) {
            place = place + 1 & keys.length - 1;
        }
        return place;
    }

    private int home(long key) {
        long mixed = key * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & keys.length - 1;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        var newKeys = new long[oldKeys.length * 2];
        var newValues = new @Nullable Object[oldKeys.length * 2];
        keys = newKeys;
        values = newValues;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int place = find(oldKeys[i]);
                newKeys[place] = oldKeys[i];
                newValues[place] = oldValues[i];
            }
        }
    }
}
