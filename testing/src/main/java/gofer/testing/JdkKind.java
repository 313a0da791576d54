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

/// What is known of an object by its class, or by the first of the JDK's that it extends.
enum JdkKind {
    /// It is none of the JDK's, or it is harmless.
    NONE,
    ARRAY,
    /// Of `java.util.concurrent.atomic`.
    ATOMIC,
    /// It has nothing in common with others.
    ALONE,
    /// A StringBuilder or a StringBuffer.
    TEXT,
    /// What it has is its own; its methods whose names say so change nothing.
    PLAIN,
    /// Of such an object.
    ITERATOR,
    /// What it has is its own, but others may be views of it.
    OWN,
    /// It cannot change; what is in it can.
    CONSTANT,
    /// Perhaps of a collection, an array, or a text; an iterator or a stream, which changes; something of which little is known.
    VIEW;

    /// A map that keeps the order of access, for example, is none: it is changed by `get`.
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

    /// Of `java.util`, with what is nested in them.
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

    /// Proxies are made of the program's interfaces.
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

    /// Whether others may be views of it, or in it, or it is a view.
    boolean isCollection() {
        return this == PLAIN || this == ITERATOR || this == OWN || this == CONSTANT || this == VIEW;
    }

    /// Whether of two objects of the kinds one may be a view of the other, or its iterator.
    boolean overlaps(JdkKind other) {
        return isCollection() && other.isCollection()
                || this == VIEW && (other == ARRAY || other == TEXT)
                || other == VIEW && (this == ARRAY || this == TEXT);
    }

    /// Whether a method changes nothing if its name says so.
    boolean isNamedWell() {
        return this == PLAIN || this == ATOMIC || this == TEXT || this == ARRAY;
    }
}
