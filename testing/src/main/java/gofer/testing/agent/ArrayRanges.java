package gofer.testing.agent;

import java.io.ByteArrayInputStream;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements of arrays that a call of the JDK reads or writes, if it returns normally.
///
/// Only calls whose values tell the elements exactly are known. [PointWriter] passes the values: the arguments, then the object
/// of the call, and an empty place for the handler. An argument of a primitive type other than int is null, and so is the
/// object that a constructor creates.
public final class ArrayRanges {

    /// Some elements of an array.
    ///
    /// @param array the array
    /// @param from the first index
    /// @param to the index after the last one
    /// @param writes whether the elements are written
    public record Range(Object array, int from, int to, boolean writes) {}

    /// The number of values besides the arguments.
    static final int EXTRA = 2;

    /// The maximum number of elements in a range. The others of a larger range are left out: each costs time and memory.
    private static final int MAX_SIZE = 10_000;

    private static final String CLONE = "clone";

    /// For each type, its known methods.
    private static final Map<String, Set<String>> KNOWN =
            Map.of(
                    "java/io/ByteArrayInputStream", Set.of("read"),
                    "java/io/InputStream", Set.of("read"),
                    "java/lang/String", Set.of("<init>", "copyValueOf", "getBytes", "getChars", "valueOf"),
                    "java/lang/System", Set.of("arraycopy"),
                    "java/util/Arrays",
                            Set.of(
                                    "copyOf",
                                    "copyOfRange",
                                    "equals",
                                    "fill",
                                    "hashCode",
                                    "setAll",
                                    "sort",
                                    "toString"));

    private final @Nullable Object[] values;
    private final int count; // of the arguments
    private final List<Range> ranges = new ArrayList<>(2);

    private ArrayRanges(@Nullable Object[] values) {
        this.values = values;
        count = values.length - EXTRA;
    }

    /// Returns the key of a known call. Returns null for any other call.
    static @Nullable String key(Call call) {
        if (call.isClone()) {
            return call.isOfArray() ? CLONE : null;
        }
        boolean takesArray =
                call.type().parameterList().stream().anyMatch(ClassDesc::isArray) || call.name().equals("arraycopy");
        return takesArray && KNOWN.getOrDefault(call.owner(), Set.of()).contains(call.name())
                ? call.owner().substring(call.owner().lastIndexOf('/') + 1) + "." + call.name()
                : null;
    }

    /// Returns the ranges of a call that is about to happen.
    public static List<Range> of(String key, @Nullable Object[] values) {
        var found = new ArrayRanges(values);
        found.find(key);
        return found.ranges;
    }

    private void find(String key) {
        switch (key) {
            case CLONE -> addAll(values[count], false);
            case "System.arraycopy" -> {
                add(values[0], number(1), number(1) + number(4), false);
                add(values[2], number(3), number(3) + number(4), true);
            }
            case "Arrays.copyOf" -> add(values[0], 0, Math.min(number(1), length(values[0])), false);
            case "Arrays.copyOfRange" -> add(values[0], number(1), Math.min(number(2), length(values[0])), false);
            case "Arrays.equals" -> equal();
            case "Arrays.fill" -> {
                if (count == 2) {
                    addAll(values[0], true);
                } else {
                    add(values[0], number(1), number(2), true);
                }
            }
            case "Arrays.hashCode", "Arrays.toString" -> addAll(values[0], false);
            case "Arrays.setAll" -> addAll(values[0], true);
            case "Arrays.sort" -> {
                long from = count <= 2 ? 0 : number(1);
                long to = count <= 2 ? length(values[0]) : number(2);
                if (to - from > 1) {
                    add(values[0], from, to, true); // also reads, but a write is in all races of a read
                }
            }
            case "String.<init>", "String.copyValueOf", "String.valueOf" -> text();
            case "String.getBytes", "String.getChars" -> {
                if (count == 4) {
                    add(values[2], number(3), number(3) + number(1) - number(0), true);
                }
            }
            case "ByteArrayInputStream.read", "InputStream.read" -> {
                if (values[count] instanceof ByteArrayInputStream in && in.getClass() == ByteArrayInputStream.class) {
                    long from = count == 1 ? 0 : number(1);
                    long size = count == 1 ? length(values[0]) : number(2);
                    add(values[0], from, from + Math.min(size, in.available()), true);
                }
            }
            default -> throw new IllegalArgumentException(key);
        }
    }

    private void text() {
        if (count <= 2) {
            addAll(values[0], false); // the second argument is a charset, or the high byte of all characters
        } else {
            int offset = count == 4 && values[3] instanceof Integer ? 2 : 1;
            add(values[0], number(offset), number(offset) + number(offset + 1), false);
        }
    }

    /// Adds the elements up to the first that differ. An object is the last one if it is another object: its `equals` decides
    /// whether more are read.
    private void equal() {
        Object a = values[0];
        Object b = values[1];
        if (count != 2 || a == null || b == null || a == b || length(a) != length(b)) {
            return;
        }
        boolean primitive = a.getClass().getComponentType().isPrimitive();
        long size = Math.min(length(a), MAX_SIZE);
        int to = 0;
        boolean same = true;
        while (same && to < size) {
            same = isSame(Array.get(a, to), Array.get(b, to), primitive);
            to++;
        }
        add(a, 0, to, false);
        add(b, 0, to, false);
    }

    @SuppressWarnings("ReferenceEquality") // `equals` may be code of the program
    private static boolean isSame(@Nullable Object a, @Nullable Object b, boolean primitive) {
        return a == b || primitive && a != null && a.equals(b);
    }

    private long number(int index) {
        return values[index] instanceof Integer number ? number : -1;
    }

    private static long length(@Nullable Object array) {
        return array != null && array.getClass().isArray() ? Array.getLength(array) : 0;
    }

    private void addAll(@Nullable Object array, boolean writes) {
        add(array, 0, length(array), writes);
    }

    /// Adds a range unless it is empty. If it is not in the array, the call will throw an exception.
    private void add(@Nullable Object array, long from, long to, boolean writes) {
        if (array != null && from >= 0 && from < to && to <= length(array)) {
            ranges.add(new Range(array, (int) from, (int) Math.min(to, from + MAX_SIZE), writes));
        }
    }
}
