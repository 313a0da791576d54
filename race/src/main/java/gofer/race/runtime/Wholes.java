package gofer.race.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Unsafe;
import org.jspecify.annotations.Nullable;

/// Which objects are one variable each: collections and text builders of the JDK. Their views and iterators count as them.
final class Wholes {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /// Classes of `java.util` with state that no lock guards.
    private static final Set<String> TYPES =
            Set.of(
                    "ArrayDeque",
                    "ArrayList",
                    "BitSet",
                    "EnumMap",
                    "HashMap",
                    "IdentityHashMap",
                    "JumboEnumSet",
                    "LinkedHashMap",
                    "LinkedList",
                    "PriorityQueue",
                    "RegularEnumSet",
                    "StringJoiner",
                    "TreeMap",
                    "WeakHashMap");

    /// Sets that are maps, which their iterators know.
    private static final Set<String> SETS = Set.of("HashSet", "LinkedHashSet", "TreeSet");

    /// The fields in which a view, an iterator or a set has what it is a view of.
    private static final String[] LINKS = {"this$0", "root", "parent", "list", "map", "m"};

    private static final long NOT_A_VARIABLE = -1;
    private static final long A_VARIABLE = 0;

    /// For each class, one of these two, or the offset of the field that has the variable.
    private static final ClassValue<Long> LINK_OFFSETS =
            new ClassValue<>() {
                @Override
                protected Long computeValue(Class<?> type) {
                    return linkOffset(type);
                }
            };

    private Wholes() {}

    /// Returns the object that is the variable of `object`; null if there is none.
    static @Nullable Object variable(Object object) {
        Object each = object;
        while (each != null) {
            long link = LINK_OFFSETS.get(each.getClass());
            if (link == NOT_A_VARIABLE) {
                return null;
            }
            if (link == A_VARIABLE) {
                return each;
            }
            each = UNSAFE.getReference(each, link);
        }
        return null;
    }

    private static long linkOffset(Class<?> type) {
        Class<?> known = type;
        while (known != null && known.getClassLoader() != null) {
            known = known.getSuperclass();
        }
        if (known == null || known != type && overridesMethods(type, known)) {
            return NOT_A_VARIABLE;
        }
        if (known == StringBuilder.class) {
            return A_VARIABLE;
        }
        return known.getPackageName().equals("java.util") ? linkOffsetOfUtil(known) : NOT_A_VARIABLE;
    }

    private static long linkOffsetOfUtil(Class<?> type) {
        String name = type.getName().substring("java.util.".length());
        int nested = name.indexOf('$');
        if (nested < 0 && TYPES.contains(name)) {
            return A_VARIABLE;
        }
        String host = nested < 0 ? name : name.substring(0, nested);
        boolean isView = nested >= 0 && (TYPES.contains(host) || host.startsWith("Abstract"));
        return isView || SETS.contains(host) ? findLink(type) : NOT_A_VARIABLE;
    }

    private static long findLink(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (String name : LINKS) {
                long offset = offset(each, name);
                if (offset >= 0) {
                    return offset;
                }
            }
        }
        return NOT_A_VARIABLE;
    }

    /// Returns the offset of a field that has a collection or a view of one, -1 if there is no such field.
    private static long offset(Class<?> type, String name) {
        try {
            java.lang.reflect.Field field = type.getDeclaredField(name);
            boolean isLink = isCollection(field.getType()) && !Modifier.isStatic(field.getModifiers());
            return isLink ? UNSAFE.objectFieldOffset(field) : -1;
        } catch (NoSuchFieldException none) {
            return -1;
        }
    }

    private static boolean isCollection(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || type.getNestHost() != type && isCollection(type.getNestHost());
    }

    /// Returns whether `type` may change what inherited methods do: they may call overridden ones that lock.
    private static boolean overridesMethods(Class<?> type, Class<?> ofJdk) {
        try {
            var inherited = new HashSet<String>();
            for (Method method : ofJdk.getMethods()) {
                inherited.add(method.getName());
            }
            for (Class<?> each = type; each != null && each != ofJdk; each = each.getSuperclass()) {
                for (Method method : each.getDeclaredMethods()) {
                    if (inherited.contains(method.getName())) {
                        return true;
                    }
                }
            }
            return false;
        } catch (LinkageError incomplete) { // a class that a method refers to is missing
            return true;
        }
    }
}
