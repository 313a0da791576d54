package gofer.race.runtime;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// The accesses to variables that have cells: elements of arrays, whole objects, and fields without epochs.
final class Variables {

    /// The key of the cell of an object that is one variable. The keys of fields are their numbers, from 1.
    static final int WHOLE = 0;

    private Variables() {}

    static void element(Strand strand, Object array, int index, boolean writes, int site) {
        int chunk = index / Cell.SIZE;
        long set = 1L << index;
        Seen last = strand.filter.last(array, chunk, site);
        if (last != null && last.includes(set, writes)) {
            return;
        }
        int length = Array.getLength(array);
        if (index >= 0 && index < length) {
            Seen seen = last == null ? strand.filter.findByObject(array, chunk, length, site) : last;
            report(strand, access(strand, seen, set, writes, site), array, chunk, writes, site);
        }
    }

    /// Records an access to an element in a loop. Returns what its next access gets as `last`.
    static @Nullable Run element(Strand strand, Object array, int index, @Nullable Run last, boolean writes, int site) {
        int length = Array.getLength(array);
        if (index < 0 || index >= length) {
            return last;
        }
        int chunk = index / Cell.SIZE;
        Seen seen = strand.filter.findNear(last == null ? null : last.seen, array, chunk, length);
        long set = 1L << index;
        report(strand, access(strand, seen, set, writes, site), array, chunk, writes, site);
        Run run = seen.run(site, writes);
        if (run != null) {
            run.remember(set);
        }
        return run;
    }

    static void elements(Strand strand, Object array, int from, int to, boolean writes, int site) {
        int length = Array.getLength(array);
        if (from < 0 || from >= to || to > length) {
            return;
        }
        int last = (to - 1) / Cell.SIZE;
        for (int chunk = from / Cell.SIZE; chunk <= last; chunk++) {
            long set = -1L;
            if (chunk == from / Cell.SIZE) {
                set &= -1L << from;
            }
            if (chunk == last) {
                set &= -1L >>> -to;
            }
            Seen seen = strand.filter.find(array, chunk, length, site);
            report(strand, access(strand, seen, set, writes, site), array, chunk, writes, site);
        }
    }

    /// Records an access to an object that is one variable, or to a view of one.
    static void whole(Strand strand, Object object, boolean writes, int site) {
        Object whole = Wholes.variable(object);
        if (whole != null) {
            ofWhole(strand, whole, writes, site);
        }
    }

    /// Records an access to an object that is one variable.
    static void ofWhole(Strand strand, Object whole, boolean writes, int site) {
        Seen seen = strand.filter.find(whole, WHOLE, -1, site);
        report(strand, access(strand, seen, Cell.FIRST, writes, site), whole, WHOLE, writes, site);
    }

    /// Records an access to an element of a list. The keys of the cells are negative.
    static void item(Strand strand, Object list, int index, boolean writes, int site) {
        int chunk = index / Cell.SIZE;
        Seen seen = strand.filter.findByObject(list, -1 - chunk, -1, site);
        Conflict conflict = access(strand, seen, 1L << index, writes, site);
        if (conflict != null) {
            Class<?> type = list.getClass();
            String name = "element " + (chunk * Cell.SIZE + conflict.index()) + " of " + simpleName(type);
            Reports.add(conflict, strand, type, name, writes, site);
        }
    }

    /// Records an access to a field without epochs.
    static void field(Strand strand, Object owner, Field field, boolean writes, int site) {
        Seen seen = strand.filter.find(owner, field.number, -1, site);
        Conflict conflict = access(strand, seen, Cell.FIRST, writes, site);
        if (conflict != null) {
            Reports.add(conflict, strand, field, field.name(), writes, site);
        }
    }

    private static @Nullable Conflict access(Strand strand, Seen seen, long set, boolean writes, int site) {
        if (seen.includes(set, writes)) {
            return null;
        }
        strand.access();
        Conflict conflict = seen.claim(strand, set, writes, site) ? null : seen.cell.access(strand, set, writes, site);
        seen.add(set, writes);
        return conflict;
    }

    /// Records a read of the only variable of a cell.
    static void read(Strand strand, Cell cell, int site) {
        strand.access();
        cell.access(strand, Cell.FIRST, false, site);
        strand.filter.add(cell, site).add(Cell.FIRST, false);
    }

    private static void report(
            Strand strand, @Nullable Conflict conflict, Object object, int chunk, boolean writes, int site) {
        if (conflict != null) {
            Class<?> type = object.getClass();
            String name = type.isArray() ? elementName(object, chunk * Cell.SIZE + conflict.index()) : simpleName(type);
            Reports.add(conflict, strand, type, name, writes, site);
        }
    }

    private static String elementName(Object array, int index) {
        String type = simpleName(array.getClass().getComponentType());
        return "element " + index + " of " + type + "[" + Array.getLength(array) + "]";
    }

    /// Returns the name of a class without its package and the classes around it.
    static String simpleName(Class<?> type) {
        String name = type.getTypeName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
