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

/// What the class of an object, or its first superclass in the JDK, tells about it.
enum JdkKind {
    /// Not of the JDK, or harmless.
    NONE,
    ARRAY,
    /// Of `java.util.concurrent.atomic`.
    ATOMIC,
    /// Shares no state with other objects.
    ALONE,
    /// A StringBuilder or a StringBuffer.
    TEXT,
    /// A collection with state of its own. A method with the name of a query changes nothing.
    PLAIN,
    /// An iterator of a [#PLAIN] collection.
    ITERATOR,
    /// An object with state of its own, of which other objects may be views.
    OWN,
    /// Immutable, but its elements may change.
    CONSTANT,
    /// May be a view of a collection, an array or a text; or an iterator or a stream, which changes; or a type of which little
    /// is known.
    VIEW;

    /// Does not include, for example, a map that keeps the order of access, since `get` changes it.
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

    /// Of `java.util`, with their nested classes.
    private static final Set<String> OWN_TYPES =
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
        return KINDS.get(object.getClass());
    }

    private static JdkKind ofObject(Class<?> type) {
        Class<?> known = type;
        while (known != null && !isOfJdk(known)) {
            known = known.getSuperclass();
        }
        return known == null || known.isHidden() || Enum.class.isAssignableFrom(known) ? NONE : ofJdk(known);
    }

    /// Proxies are excluded, since they implement interfaces of the program.
    private static boolean isOfJdk(Class<?> type) {
        return JdkTypes.has(type.getName().replace('.', '/')) && !Proxy.isProxyClass(type);
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
            case "java.lang" -> Appendable.class.isAssignableFrom(type) ? TEXT : ALONE;
            case "java.lang.invoke", "java.lang.ref" -> ALONE;
            case "java.util.concurrent.atomic" -> ATOMIC;
            case "java.util.concurrent", "java.util.concurrent.locks" -> OWN;
            case "java.util" -> ofUtil(type.getSimpleName(), type.getName().replaceFirst("java.util.", ""));
            default -> VIEW;
        };
    }

    private static JdkKind ofUtil(String simple, String name) {
        if (name.startsWith("ImmutableCollections$")) {
            return simple.matches("(List|Set|Map).*") && !simple.contains("Itr") ? CONSTANT : VIEW;
        }
        int nested = name.indexOf('$');
        return OWN_TYPES.contains(nested < 0 ? name : name.substring(0, nested)) ? OWN : VIEW;
    }

    /// Returns whether the object may be a view, may have views, or may be an element of one.
    boolean isCollection() {
        return this == PLAIN || this == ITERATOR || this == OWN || this == CONSTANT || this == VIEW;
    }

    /// Returns whether one of two objects of these kinds may be a view or an iterator of the other.
    boolean overlaps(JdkKind other) {
        return isCollection() && other.isCollection()
                || this == VIEW && (other == ARRAY || other == TEXT)
                || other == VIEW && (this == ARRAY || this == TEXT);
    }

    /// Returns whether a method with the name of a query changes nothing.
    boolean isNamedWell() {
        return this == PLAIN || this == ATOMIC || this == TEXT || this == ARRAY;
    }
}
