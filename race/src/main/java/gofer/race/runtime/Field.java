package gofer.race.runtime;

import org.jspecify.annotations.Nullable;

/// A field, by the names of its class and of itself. Several class loaders may have such a class.
final class Field {

    final int number;

    private final String type;
    private final String name;
    private volatile @Nullable Layout layouts; // of the classes of that name, the last one first

    Field(int number, String type, String name) {
        this.number = number;
        this.type = type;
        this.name = name;
    }

    /// Returns the name for reports, for example `Shop.total`.
    String name() {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1) + "." + name;
    }

    /// Returns where the field of `owner` is; null if its class has no such field, or if that cannot be found out.
    ///
    /// @param owner an object that has the field, or the class of a static field
    @Nullable Layout layout(Object owner) {
        Class<?> start = owner instanceof Class<?> ofStatic ? ofStatic : owner.getClass();
        Layout first = layouts;
        for (Class<?> each = start; each != null; each = each.getSuperclass()) {
            if (first != null && first.refersTo(each)) {
                return first.isKnown() ? first : null;
            }
        }
        return resolve(start);
    }

    /// Returns whether the field of `owner` is volatile.
    boolean isVolatile(Object owner) {
        Layout layout = layout(owner);
        return layout != null && layout.isVolatile;
    }

    private @Nullable Layout resolve(Class<?> start) {
        Class<?> declaring = start;
        while (declaring != null && !declaring.getName().equals(type)) {
            declaring = declaring.getSuperclass();
        }
        while (declaring != null && !Layout.declares(declaring, name)) { // the class may inherit it
            declaring = declaring.getSuperclass();
        }
        if (declaring == null) {
            return null;
        }
        for (Layout each = layouts; each != null; each = each.next) {
            if (each.refersTo(declaring)) {
                return each.isKnown() ? each : null;
            }
        }
        Layout created = Layout.of(declaring, name, layouts); // if threads race, the class has two of them
        layouts = created;
        return created.isKnown() ? created : null;
    }
}
