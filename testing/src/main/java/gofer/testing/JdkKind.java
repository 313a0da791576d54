package gofer.testing;

import gofer.testing.agent.JdkTypes;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The kind of an object, by its class, or by the first superclass in the JDK.
enum JdkKind {
    /// Not of the JDK, or harmless.
    NONE,
    ARRAY,
    /// Of `java.util.concurrent.atomic`.
    ATOMIC,
    /// Shares no state with other objects.
    STANDALONE,
    /// A StringBuilder or a StringBuffer.
    TEXT,
    /// A collection with state of its own. Methods whose names are those of queries change nothing.
    PLAIN,
    /// An iterator of a [#PLAIN] collection.
    ITERATOR,
    /// An object with state of its own. Other objects may be views of it.
    SOURCE,
    /// Immutable, but its elements may change.
    IMMUTABLE,
    /// May be a view of a collection, an array or a text. Includes iterators and streams, which change, and types that are not
    /// known well.
    VIEW;

    /// Does not include a map that keeps the order of access, for example, because `get` changes it.
    private static final Set<Class<?>> PLAIN_TYPES =
            Set.of(
                    ArrayDeque.class,
                    ArrayList.class,
                    ConcurrentHashMap.class,
                    ConcurrentLinkedQueue.class,
                    CopyOnWriteArrayList.class,
                    HashMap.class,
                    HashSet.class,
                    TreeMap.class,
                    TreeSet.class);

    /// Classes of `java.util`, with their nested classes.
    private static final Set<String> SOURCE_TYPES =
            Set.of(
                    "ArrayDeque",
                    "ArrayList",
                    "BitSet",
                    "EnumMap",
                    "HashMap",
                    "HashSet",
                    "Hashtable",
                    "IdentityHashMap",
                    "LinkedHashMap",
                    "LinkedHashSet",
                    "LinkedList",
                    "PriorityQueue",
                    "Properties",
                    "Random",
                    "Stack",
                    "TreeMap",
                    "TreeSet",
                    "Vector",
                    "WeakHashMap");

    private static final ClassValue<JdkKind> KINDS =
            new ClassValue<>() {
                @Override
                protected JdkKind computeValue(Class<?> type) {
                    return type.isArray() ? ARRAY : ofObject(type);
                }
            };

    static JdkKind of(Object object) {
        return of(object.getClass());
    }

    static JdkKind of(Class<?> type) {
        return KINDS.get(type);
    }

    /// Returns `type`, or its first superclass in the JDK; null if there is none.
    static @Nullable Class<?> typeOfJdk(Class<?> type) {
        Class<?> known = type;
        while (known != null && !isOfJdk(known)) {
            known = known.getSuperclass();
        }
        return known;
    }

    private static JdkKind ofObject(Class<?> type) {
        Class<?> known = typeOfJdk(type);
        return known == null || known.isHidden() || Enum.class.isAssignableFrom(known) ? NONE : ofJdk(known);
    }

    /// Excludes proxies, because they implement interfaces of the program.
    private static boolean isOfJdk(Class<?> type) {
        return JdkTypes.contains(type.getName().replace('.', '/')) && !Proxy.isProxyClass(type);
    }

    private static JdkKind ofJdk(Class<?> type) {
        if (!JdkTypes.isShared(type.getName().replace('.', '/'))) {
            return NONE;
        }
        if (PLAIN_TYPES.contains(type)) {
            return PLAIN;
        }
        if (Iterator.class.isAssignableFrom(type) && PLAIN_TYPES.contains(type.getNestHost())) {
            return ITERATOR;
        }
        return switch (type.getPackageName()) {
            case "java.lang" -> Appendable.class.isAssignableFrom(type) ? TEXT : STANDALONE;
            case "java.lang.invoke", "java.lang.ref" -> STANDALONE;
            case "java.util.concurrent.atomic" -> ATOMIC;
            case "java.util.concurrent", "java.util.concurrent.locks" -> SOURCE;
            case "java.util" -> ofUtil(type.getSimpleName(), type.getName().replaceFirst("java.util.", ""));
            default -> VIEW;
        };
    }

    private static JdkKind ofUtil(String simple, String name) {
        if (name.startsWith("ImmutableCollections$")) {
            return simple.matches("(List|Set|Map).*") && !simple.contains("Itr") ? IMMUTABLE : VIEW;
        }
        int nested = name.indexOf('$');
        return SOURCE_TYPES.contains(nested < 0 ? name : name.substring(0, nested)) ? SOURCE : VIEW;
    }

    /// Returns whether the object may be a view, may have views, or may be an element of one.
    boolean isCollection() {
        return this == PLAIN || this == ITERATOR || this == SOURCE || this == IMMUTABLE || this == VIEW;
    }

    /// Returns whether one of two objects of these kinds may be a view or an iterator of the other.
    boolean overlaps(JdkKind other) {
        return isCollection() && other.isCollection()
                || this == VIEW && (other == ARRAY || other == TEXT)
                || other == VIEW && (this == ARRAY || this == TEXT);
    }

    /// Returns whether methods whose names are those of queries change nothing.
    boolean hasReadOnlyQueries() {
        return this == PLAIN || this == ATOMIC || this == TEXT || this == ARRAY;
    }
}
