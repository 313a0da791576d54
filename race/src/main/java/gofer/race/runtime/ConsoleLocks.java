package gofer.race.runtime;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The monitors of `System.out` and `System.err`. They do not count: otherwise, threads that print would be in order.
final class ConsoleLocks {

    private static final int DEPTH = 5; // of objects within a stream

    private static volatile Object[] all = {};

    private ConsoleLocks() {}

    /// Finds the monitors of the current streams. Those that replace them later count.
    static void find() {
        var found = new ArrayList<Object>();
        try {
            add(found, System.out, DEPTH);
            add(found, System.err, DEPTH);
        } catch (IllegalAccessException | RuntimeException hidden) {
            Detector.missed++; // then printing orders threads
        }
        all = found.toArray();
    }

    private static void add(List<Object> found, @Nullable Object object, int depth) throws IllegalAccessException {
        if (object == null || depth == 0 || !isStream(object.getClass())) {
            return;
        }
        for (Object known : found) {
            if (known == object) {
                return;
            }
        }
        found.add(object);
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    add(found, field.get(object), depth - 1);
                }
            }
        }
    }

    private static boolean isStream(Class<?> type) {
        String name = type.getName();
        return name.startsWith("java.io.") || name.startsWith("sun.nio.cs.Stream");
    }

    static boolean contain(Object monitor) {
        for (Object each : all) {
            if (each == monitor) {
                return true;
            }
        }
        return false;
    }
}
