package gofer.race.runtime;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.internal.misc.Unsafe;

/// What calls change of a collection: nothing, one element, or the whole.
final class Changes {

    /// The size of a collection whose size does not matter: the access has been recorded.
    static final int UNKNOWN = -1;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long ACCESS_ORDER = UNSAFE.objectFieldOffset(LinkedHashMap.class, "accessOrder");

    private Changes() {}

    static void readValue(Strand strand, Object map, int site) {
        Object whole = Wholes.variable(map);
        if (whole != null) {
            Variables.ofWhole(strand, whole, keepsAccessOrder(whole), site);
        }
    }

    private static boolean keepsAccessOrder(Object whole) {
        return whole instanceof LinkedHashMap && UNSAFE.getBoolean(whole, ACCESS_ORDER);
    }

    static void useItem(Strand strand, Object list, int index, boolean writes, int site) {
        Object whole = Wholes.variable(list);
        if (whole != null) {
            Variables.ofWhole(strand, whole, false, site);
            if (whole == list && index >= 0) {
                Variables.item(strand, whole, index, writes, site);
            }
        }
    }

    /// Records a read. If the size would not tell about a change, records a write, and returns [#UNKNOWN].
    static int begin(Strand strand, Object collection, int site) {
        Object whole = Wholes.variable(collection);
        if (whole == null) {
            return UNKNOWN;
        }
        int size = keepsAccessOrder(whole) ? UNKNOWN : size(whole);
        Variables.ofWhole(strand, whole, size == UNKNOWN, site);
        return size;
    }

    static void end(Strand strand, Object collection, int size, int site) {
        Object whole = Wholes.variable(collection);
        if (whole != null && size(whole) != size) {
            Variables.ofWhole(strand, whole, true, site);
        }
    }

    private static int size(Object whole) {
        if (whole instanceof Collection<?> collection) { // not a switch, whose first use runs much code
            return collection.size();
        }
        return whole instanceof Map<?, ?> map ? map.size() : UNKNOWN;
    }
}
