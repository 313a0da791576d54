package gofer.race.runtime;

import java.util.Arrays;
import jdk.internal.misc.Unsafe;

/// Removes the epochs from objects that have just been copied: the accesses were to the other object.
final class Copies {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /// For each class, the offsets of the epochs in its objects.
    private static final ClassValue<long[]> EPOCHS =
            new ClassValue<>() {
                @Override
                protected long[] computeValue(Class<?> type) {
                    return epochs(type);
                }
            };

    private Copies() {}

    static void clear(Object copy) {
        for (long offset : EPOCHS.get(copy.getClass())) {
            UNSAFE.putLong(copy, offset, 0);
        }
    }

    private static long[] epochs(Class<?> type) {
        long[] offsets = {};
        for (Class<?> each = type; each != null && each.getClassLoader() != null; each = each.getSuperclass()) {
            for (java.lang.reflect.Field field : each.getDeclaredFields()) {
                boolean isEpoch = field.getName().startsWith("gofer$w$") || field.getName().startsWith("gofer$r$");
                if (isEpoch && !java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
                    offsets = Arrays.copyOf(offsets, offsets.length + 1);
                    offsets[offsets.length - 1] = UNSAFE.objectFieldOffset(field);
                }
            }
        }
        return offsets;
    }
}
