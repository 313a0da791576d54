package gofer.race.runtime;

import java.util.Arrays;
import java.util.HashMap;

/// The fields of instrumented code, by number.
///
/// The class of a field with epochs has four more fields for it, static if it is static. For the field `total`:
///
///     long gofer$w$total    the epoch of the last write
///     long gofer$r$total    the epoch of the last read; a negative number if several threads have read it
///     int gofer$ws$total    the site of that write
///     int gofer$rs$total    the site of that read
///
/// The detector keeps the epochs of all other fields in a table.
public final class Fields {

    private static final SpinLock LOCK = new SpinLock();
    private static final HashMap<Name, Field> BY_NAME = new HashMap<>();

    private static volatile Field[] fields = new Field[1024];
    private static int count = 1; // 0 is the key of a whole object

    private Fields() {}

    private record Name(String type, String name) {}

    /// Returns the number of a field. The same field always has the same number.
    ///
    /// @param type the binary name of the class that declares it
    /// @param name its name
    /// @param isStatic whether it is static
    /// @param hasEpochs whether the class has the fields for its epochs
    public static int add(String type, String name, boolean isStatic, boolean hasEpochs) {
        var key = new Name(type, name);
        LOCK.lock();
        try {
            Field known = BY_NAME.get(key);
            return known == null ? add(key) : known.number;
        } finally {
            LOCK.unlock();
        }
    }

    private static int add(Name name) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, count * 2);
        }
        var field = new Field(count, name.type, name.name);
        fields[count] = field;
        BY_NAME.put(name, field);
        return count++;
    }

    static Field get(int number) {
        return fields[number];
    }
}
