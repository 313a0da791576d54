package gofer.race.runtime;

import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// Where a field and its epochs are in the objects of a class, or in the class if it is static. Does not keep the class.
final class Layout extends WeakReference<Class<?>> {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final long NONE = -1;

    final @Nullable Layout next; // of the same field of another class

    /// The offset of the field.
    final long offset;

    final boolean isStatic;
    final boolean isVolatile;
    private final boolean isSettled; // final, or added by a compiler or a tool

    // The offsets of the fields for epochs and sites.
    final long written;
    final long read;
    final long writeSite;
    final long readSite;

    private Layout(Class<?> type, java.lang.reflect.@Nullable Field field, String name, @Nullable Layout next) {
        super(type);
        int modifiers = field == null ? 0 : field.getModifiers();
        this.next = next;
        this.isStatic = Modifier.isStatic(modifiers);
        this.isVolatile = Modifier.isVolatile(modifiers);
        this.isSettled = Modifier.isFinal(modifiers) || field != null && field.isSynthetic();
        this.offset = offset(field);
        this.written = offset(find(type, "gofer$w$" + name));
        this.read = offset(find(type, "gofer$r$" + name));
        this.writeSite = offset(find(type, "gofer$ws$" + name));
        this.readSite = offset(find(type, "gofer$rs$" + name));
    }

    static Layout of(Class<?> type, String name, @Nullable Layout next) {
        return new Layout(type, find(type, name), name, next);
    }

    static boolean declares(Class<?> type, String name) {
        return find(type, name) != null;
    }

    private static java.lang.reflect.@Nullable Field find(Class<?> type, String name) {
        try {
            return type.getDeclaredField(name);
        } catch (NoSuchFieldException | LinkageError unknown) { // a class that a field refers to is missing
            return null;
        }
    }

    private static long offset(java.lang.reflect.@Nullable Field field) {
        if (field == null) {
            return NONE;
        }
        return Modifier.isStatic(field.getModifiers())
                ? UNSAFE.staticFieldOffset(field)
                : UNSAFE.objectFieldOffset(field);
    }

    boolean isKnown() {
        return offset != NONE;
    }

    boolean hasEpochs() {
        return written != NONE && read != NONE && writeSite != NONE && readSite != NONE;
    }

    /// Returns whether accesses can be in a race.
    boolean isPlain() {
        return !isVolatile && !isSettled;
    }

    /// Returns the object that has the field: for a static one, the class that declares it.
    Object holder(Object owner) {
        Class<?> type = isStatic ? get() : null;
        return type == null ? owner : type;
    }
}
