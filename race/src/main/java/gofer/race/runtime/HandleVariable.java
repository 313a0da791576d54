package gofer.race.runtime;

import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// The variable of a `VarHandle`.
///
/// @param kind what it is
/// @param base the class of a static field; null otherwise
/// @param start the offset of a field, or of the first element of an array
/// @param shift the binary logarithm of the size of an element
record HandleVariable(Kind kind, @Nullable Object base, long start, int shift) {

    enum Kind {
        FIELD,
        STATIC_FIELD,
        ARRAY,
        /// An indirect handle. Its coordinates may differ from those of the field that is known.
        ADAPTED_FIELD,
        /// A view of an array or a buffer, memory of a segment, or unknown.
        OTHER
    }

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final HandleVariable UNKNOWN = new HandleVariable(Kind.OTHER, null, 0, 0);

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return Shape.of(type);
                }
            };

    static HandleVariable of(Object handle) {
        Shape shape = SHAPES.get(handle.getClass());
        if (shape.target >= 0) {
            HandleVariable target = of(UNSAFE.getReference(handle, shape.target));
            return shape.isLazy ? target : target.adapted();
        }
        if (shape.field >= 0) {
            Object base = shape.base < 0 ? null : UNSAFE.getReference(handle, shape.base);
            Kind kind = shape.base < 0 ? Kind.FIELD : Kind.STATIC_FIELD;
            return new HandleVariable(kind, base, UNSAFE.getLong(handle, shape.field), 0);
        }
        if (shape.array >= 0) {
            return new HandleVariable(
                    Kind.ARRAY, null, UNSAFE.getInt(handle, shape.array), UNSAFE.getInt(handle, shape.arrayShift));
        }
        return UNKNOWN;
    }

    private HandleVariable adapted() {
        return switch (kind) {
            case FIELD -> new HandleVariable(Kind.ADAPTED_FIELD, null, start, 0);
            case STATIC_FIELD -> this;
            default -> UNKNOWN;
        };
    }

    /// Returns whether the object and the offset are certain.
    boolean isCertain() {
        return kind != Kind.ADAPTED_FIELD && kind != Kind.OTHER;
    }

    /// Returns whether the variable is a field of an object, which may not be the target.
    boolean isAdaptedField() {
        return kind == Kind.ADAPTED_FIELD;
    }

    @Nullable Object object(@Nullable Object target) {
        return kind == Kind.STATIC_FIELD ? base : target;
    }

    long offset(int index) {
        return kind == Kind.ARRAY ? start + ((long) index << shift) : start;
    }

    /// Where a class of handles has what is needed here: offsets of its fields, -1 if it has no such field.
    ///
    /// @param target the handle that it adapts, or that it initializes a class for
    /// @param isLazy whether it only initializes a class
    /// @param field the offset of the field that it handles
    /// @param base the class of the static field that it handles
    /// @param array the offset of the first element of the array that it handles
    /// @param arrayShift the logarithm of the size of the elements
    private record Shape(long target, boolean isLazy, long field, long base, long array, long arrayShift) {

        static Shape of(Class<?> type) {
            String name = type.getName();
            boolean isLazy = name.equals("java.lang.invoke.LazyInitializingVarHandle");
            boolean isArray = name.endsWith("$Array");
            boolean isAdapter = isLazy || name.equals("java.lang.invoke.IndirectVarHandle");
            return new Shape(
                    isAdapter ? find(type, "target") : -1,
                    isLazy,
                    find(type, "fieldOffset"),
                    find(type, "base"),
                    isArray ? find(type, "abase") : -1,
                    isArray ? find(type, "ashift") : -1);
        }

        private static long find(Class<?> type, String field) {
            for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
                try {
                    return UNSAFE.objectFieldOffset(each, field);
                } catch (InternalError none) {
                    // Perhaps a superclass has it.
                }
            }
            return -1;
        }
    }
}
