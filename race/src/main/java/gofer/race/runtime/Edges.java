package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// The edges between strands: what is released on a part of an object happens before what follows an acquire of it.
final class Edges {

    /// The part of a class that its initializer releases.
    static final long INITIALIZER = -5;

    /// The part of all fields of an object of the JDK.
    private static final long ALL_FIELDS = 0;

    /// The part of a field whose offset is unknown is this minus its number.
    private static final long UNKNOWN_FIELDS = -100;

    /// Stands for memory that is not a field or an element.
    static final Object OTHER_MEMORY = new Object();

    private Edges() {}

    static void acquire(Strand strand, Object object, long part) {
        if (part == 0 && object instanceof Shadowed shadowed) {
            strand.acquire(shadowed.released());
        } else if (Shadows.find(object) instanceof Shadow shadow && !isOfConsole(object, part)) {
            strand.acquire(shadow.get(part));
        }
    }

    private static boolean isOfConsole(Object object, long part) {
        return part == Hooks.MONITOR && ConsoleLocks.contain(object);
    }

    static void release(Strand strand, Object object, long part) {
        if (part == 0 && object instanceof Shadowed shadowed) {
            shadowed.release(strand);
        } else {
            Shadows.of(object).release(strand, part);
        }
    }

    static void pass(Object from, Object to, long part) {
        if (released(from) instanceof Stamp stamp) {
            Shadows.of(to).add(part, stamp);
        }
    }

    private static @Nullable Stamp released(Object object) {
        return object instanceof Shadowed shadowed
                ? shadowed.released()
                : Shadows.find(object) instanceof Shadow shadow ? shadow.get(0) : null;
    }

    static void acquireField(Strand strand, Object owner, Field field) {
        Layout layout = field.layout(owner);
        acquire(strand, holder(owner, layout), part(owner, field, layout));
    }

    static void releaseField(Strand strand, Object owner, Field field) {
        Layout layout = field.layout(owner);
        release(strand, holder(owner, layout), part(owner, field, layout));
    }

    private static Object holder(Object owner, @Nullable Layout layout) {
        return layout == null ? owner : layout.holder(owner);
    }

    private static long part(Object owner, Field field, @Nullable Layout layout) {
        return layout == null ? UNKNOWN_FIELDS - field.number : part(holder(owner, layout), layout.offset);
    }

    static void acquireAt(Strand strand, @Nullable Object object, long offset) {
        acquire(strand, memory(object), part(object, offset));
    }

    static void releaseAt(Strand strand, @Nullable Object object, long offset) {
        release(strand, memory(object), part(object, offset));
    }

    private static Object memory(@Nullable Object object) {
        return object == null ? OTHER_MEMORY : object;
    }

    /// Returns the part that is at an offset of an object.
    private static long part(@Nullable Object object, long offset) {
        if (object == null) {
            return ALL_FIELDS;
        }
        Class<?> type = object instanceof Class<?> ofStatic ? ofStatic : object.getClass();
        return object.getClass().isArray() || type.getClassLoader() != null ? offset : ALL_FIELDS;
    }

    static void acquireHandle(Strand strand, Object handle, @Nullable Object target, int index) {
        HandleVariable variable = HandleVariable.of(handle);
        if (variable.isCertain()) {
            acquireAt(strand, variable.object(target), variable.offset(index));
            return;
        }
        acquire(strand, OTHER_MEMORY, ALL_FIELDS);
        if (target != null && variable.isAdaptedField()) {
            acquireAt(strand, target, variable.offset(index));
        }
    }

    static void releaseHandle(Strand strand, Object handle, @Nullable Object target, int index) {
        HandleVariable variable = HandleVariable.of(handle);
        if (variable.isCertain()) {
            releaseAt(strand, variable.object(target), variable.offset(index));
            return;
        }
        release(strand, OTHER_MEMORY, ALL_FIELDS);
        if (target != null && variable.isAdaptedField()) {
            releaseAt(strand, target, variable.offset(index));
        }
    }
}
