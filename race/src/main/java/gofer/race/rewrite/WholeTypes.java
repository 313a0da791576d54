package gofer.race.rewrite;

import java.util.Map;
import java.util.Set;

/// The types of the JDK whose objects may be one variable each, and what its methods do with them.
///
/// An object of such a static type need not be a known collection. The detector decides by its class.
final class WholeTypes {

    private static final String UTIL = "java/util/";
    private static final String COLLECTIONS = "java/util/Collections";
    private static final String OBJECT = "java/lang/Object";

    /// Types of `java.util`.
    private static final Set<String> UTIL_TYPES =
            Set.of(
                    "AbstractCollection",
                    "AbstractList",
                    "AbstractMap",
                    "AbstractQueue",
                    "AbstractSequentialList",
                    "AbstractSet",
                    "ArrayDeque",
                    "ArrayList",
                    "BitSet",
                    "Collection",
                    "Deque",
                    "EnumMap",
                    "EnumSet",
                    "HashMap",
                    "HashSet",
                    "IdentityHashMap",
                    "Iterator",
                    "LinkedHashMap",
                    "LinkedHashSet",
                    "LinkedList",
                    "List",
                    "ListIterator",
                    "Map",
                    "NavigableMap",
                    "NavigableSet",
                    "PrimitiveIterator",
                    "PrimitiveIterator$OfDouble",
                    "PrimitiveIterator$OfInt",
                    "PrimitiveIterator$OfLong",
                    "PriorityQueue",
                    "Queue",
                    "SequencedCollection",
                    "SequencedMap",
                    "SequencedSet",
                    "Set",
                    "SortedMap",
                    "SortedSet",
                    "StringJoiner",
                    "TreeMap",
                    "TreeSet",
                    "WeakHashMap");

    private static final Set<String> TEXTS =
            Set.of(
                    "java/lang/AbstractStringBuilder",
                    "java/lang/Appendable",
                    "java/lang/CharSequence",
                    "java/lang/StringBuilder");

    /// The methods that change their object.
    private static final Set<String> CHANGING =
            Set.of(
                    "add",
                    "addAll",
                    "addFirst",
                    "addLast",
                    "and",
                    "andNot",
                    "append",
                    "appendCodePoint",
                    "clear",
                    "compute",
                    "computeIfAbsent",
                    "computeIfPresent",
                    "delete",
                    "deleteCharAt",
                    "ensureCapacity",
                    "flip",
                    "insert",
                    "merge",
                    "offer",
                    "offerFirst",
                    "offerLast",
                    "or",
                    "poll",
                    "pollFirst",
                    "pollFirstEntry",
                    "pollLast",
                    "pollLastEntry",
                    "pop",
                    "push",
                    "put",
                    "putAll",
                    "putFirst",
                    "putIfAbsent",
                    "putLast",
                    "remove",
                    "removeAll",
                    "removeFirst",
                    "removeFirstOccurrence",
                    "removeIf",
                    "removeLast",
                    "removeLastOccurrence",
                    "repeat",
                    "replace",
                    "replaceAll",
                    "retainAll",
                    "reverse",
                    "setCharAt",
                    "setEmptyValue",
                    "setLength",
                    "sort",
                    "trimToSize",
                    "xor");

    /// Those that change the size of their object if they change anything.
    private static final Set<String> RESIZING =
            Set.of(
                    "addAll",
                    "clear",
                    "computeIfAbsent",
                    "poll",
                    "pollFirst",
                    "pollFirstEntry",
                    "pollLast",
                    "pollLastEntry",
                    "putIfAbsent",
                    "removeAll",
                    "removeFirstOccurrence",
                    "removeIf",
                    "removeLastOccurrence",
                    "retainAll");

    /// The types whose method `add` may leave a collection as it is.
    private static final Set<String> SETS =
            Set.of(
                    "AbstractCollection",
                    "AbstractSet",
                    "Collection",
                    "EnumSet",
                    "HashSet",
                    "LinkedHashSet",
                    "NavigableSet",
                    "SequencedCollection",
                    "SequencedSet",
                    "Set",
                    "SortedSet",
                    "TreeSet");

    /// The types of lists with elements that are variables.
    private static final Set<String> LISTS =
            Set.of("AbstractList", "AbstractSequentialList", "ArrayList", "LinkedList", "List");

    /// The types of maps that may keep the order of access.
    private static final Set<String> ACCESSED =
            Set.of("AbstractMap", "HashMap", "LinkedHashMap", "Map", "SequencedMap");

    /// The methods of Object that read the contents of an object.
    private static final Set<String> READING_OBJECT = Set.of("equals", "hashCode", "toString");

    /// The methods of Object that do not read the contents of an object.
    private static final Set<String> HARMLESS = Set.of("getClass", "notify", "notifyAll", "wait", "finalize");

    /// The methods of collections and texts that read their arguments.
    private static final Set<String> READING_ARGUMENTS =
            Set.of(
                    "addAll",
                    "append",
                    "compareTo",
                    "containsAll",
                    "equals",
                    "insert",
                    "putAll",
                    "removeAll",
                    "retainAll");

    /// The methods of other types that read their arguments.
    private static final Map<String, Set<String>> OTHERS_READING_ARGUMENTS =
            Map.of(
                    COLLECTIONS,
                    Set.of(
                            "binarySearch",
                            "copy",
                            "disjoint",
                            "frequency",
                            "indexOfSubList",
                            "lastIndexOfSubList",
                            "max",
                            "min"),
                    "java/io/PrintStream",
                    Set.of("print", "println", "append"),
                    "java/io/PrintWriter",
                    Set.of("print", "println", "append"),
                    "java/lang/IO",
                    Set.of("print", "println"),
                    "java/lang/String",
                    Set.of("contentEquals", "join", "valueOf"),
                    "java/util/List",
                    Set.of("copyOf"),
                    "java/util/Map",
                    Set.of("copyOf"),
                    "java/util/Objects",
                    Set.of("equals", "hashCode", "toString"),
                    "java/util/Set",
                    Set.of("copyOf"));

    /// The methods of `Collections` that change their first argument.
    private static final Set<String> CHANGING_ARGUMENT =
            Set.of("addAll", "copy", "fill", "replaceAll", "reverse", "rotate", "shuffle", "sort", "swap");

    private WholeTypes() {}

    /// Returns whether an object of `type`, by internal name, may be one variable.
    private static boolean isWhole(String type) {
        return TEXTS.contains(type)
                || type.equals("java/lang/Iterable")
                || type.startsWith(UTIL) && UTIL_TYPES.contains(type.substring(UTIL.length()));
    }

    /// Returns whether the method `name` of `owner` accesses its object.
    static boolean isTouchedBy(String owner, String name) {
        return owner.equals(OBJECT) ? READING_OBJECT.contains(name) : isWhole(owner) && !HARMLESS.contains(name);
    }

    /// Returns what a call does with its object, whose method the type `owner` of the JDK declares.
    static Effect effect(Call call, String owner) {
        String type = owner.startsWith(UTIL) ? owner.substring(UTIL.length()) : "";
        return switch (call.name()) {
            case "add" -> SETS.contains(type) ? Effect.CHANGE : Effect.WRITE;
            case "remove" -> isByObject(call) ? Effect.CHANGE : Effect.WRITE;
            case "clear" -> type.equals("BitSet") ? Effect.WRITE : Effect.CHANGE;
            case "get" ->
                    LISTS.contains(type) ? Effect.READ_ITEM : ACCESSED.contains(type) ? Effect.READ_VALUE : Effect.READ;
            case "getOrDefault" -> ACCESSED.contains(type) ? Effect.READ_VALUE : Effect.READ;
            case "set" -> LISTS.contains(type) ? Effect.WRITE_ITEM : type.equals("BitSet") ? Effect.WRITE : Effect.READ;
            default ->
                    RESIZING.contains(call.name())
                            ? Effect.CHANGE
                            : CHANGING.contains(call.name()) ? Effect.WRITE : Effect.READ;
        };
    }

    /// Returns whether the first argument is what is removed, not its index.
    private static boolean isByObject(Call call) {
        return call.type().parameterCount() > 0 && !call.type().parameterType(0).isPrimitive();
    }

    /// Returns whether a value of the type may be such an object.
    static boolean isPossible(String descriptor) {
        if (!descriptor.startsWith("L")) {
            return false;
        }
        String type = descriptor.substring(1, descriptor.length() - 1);
        return type.equals(OBJECT) || isWhole(type);
    }

    /// Returns whether the call, whose method `owner` declares, accesses an argument of this type.
    static boolean isTouchedArgument(Call call, String owner, String descriptor) {
        if (!isPossible(descriptor)) {
            return false;
        }
        boolean isObject = descriptor.equals("Ljava/lang/Object;");
        if (call.isConstructor()) {
            return !isObject && (isWhole(owner) || owner.equals("java/lang/String"));
        }
        if (owner.equals(COLLECTIONS) && CHANGING_ARGUMENT.contains(call.name())) {
            return !isObject;
        }
        return !call.isStatic() && isWhole(owner) && READING_ARGUMENTS.contains(call.name())
                || OTHERS_READING_ARGUMENTS.getOrDefault(owner, Set.of()).contains(call.name());
    }

    /// Returns what the call does with the argument at `position`.
    static Effect effectOnArgument(Call call, String owner, int position) {
        if (position > 0 || !owner.equals(COLLECTIONS) || !CHANGING_ARGUMENT.contains(call.name())) {
            return Effect.READ;
        }
        return call.name().equals("swap") && call.type().parameterCount() == 3 ? Effect.SWAP : Effect.WRITE;
    }
}
