package gofer.testing.agent;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arguments that a method of the JDK reads or writes: arrays, and objects that may be shared.
///
/// Each such argument has a word. If the JDK is known to change nothing, the word is the name of a method that reads the
/// argument. Otherwise it is the name of the called method. A sign before the word selects the objects.
public final class Arguments {

    /// The argument, if it may be shared, and its elements if it is an array.
    public static final char CHECKED = '?';

    /// The elements of an array that has just been created.
    public static final char ELEMENTS = '*';

    /// The word for an argument that is converted to text.
    public static final String TO_STRING = "toString";

    /// The word for an argument of which all elements are read.
    public static final String COPY = "toArray";

    /// The word for an argument that may be read, in part, later, or not at all.
    private static final String READ = "size";

    /// Methods of collections that read all elements of another one.
    private static final Set<String> COPYING = Set.of("<init>", "addAll", "copyOf", "putAll");

    /// The ends of the names of those collections.
    private static final List<String> COLLECTIONS = List.of("Collection", "Deque", "List", "Map", "Queue", "Set");

    private static final String STRING = "java/lang/String";
    private static final String OBJECT = "Ljava/lang/Object;";

    /// Methods of these types convert an object, or a part of it, to text, or compare it.
    private static final Set<String> TEXTUAL =
            Set.of(
                    STRING,
                    "java/io/Console",
                    "java/io/PrintStream",
                    "java/io/PrintWriter",
                    "java/lang/AbstractStringBuilder",
                    "java/lang/IO",
                    "java/lang/StringBuffer",
                    "java/lang/StringBuilder");

    /// Methods of these types only read their arguments.
    private static final Map<String, Set<String>> READING =
            Map.of(
                    "java/util/Arrays",
                            Set.of(
                                    "asList",
                                    "binarySearch",
                                    "compare",
                                    "copyOf",
                                    "copyOfRange",
                                    "deepEquals",
                                    "deepHashCode",
                                    "deepToString",
                                    "equals",
                                    "hashCode",
                                    "mismatch",
                                    "spliterator",
                                    "stream",
                                    "toString"),
                    "java/util/Collections",
                            Set.of(
                                    "binarySearch",
                                    "disjoint",
                                    "frequency",
                                    "indexOfSubList",
                                    "lastIndexOfSubList",
                                    "max",
                                    "min",
                                    "synchronizedCollection",
                                    "synchronizedList",
                                    "synchronizedMap",
                                    "synchronizedSet",
                                    "unmodifiableCollection",
                                    "unmodifiableList",
                                    "unmodifiableMap",
                                    "unmodifiableSet"),
                    "java/util/List", Set.of("copyOf", "of"),
                    "java/util/Map", Set.of("copyOf", "ofEntries"),
                    "java/util/Set", Set.of("copyOf", "of"));

    private static final Set<String> READING_ANYWHERE =
            Set.of("<init>", "addAll", "containsAll", "putAll", "removeAll", "retainAll");

    private static final Set<String> OBJECTS_METHODS = Set.of("toString", "equals", "deepEquals", "hash", "hashCode");

    /// Types of arguments that the JDK does not access, or only calls back.
    private static final Set<String> UNTOUCHED =
            Set.of(
                    OBJECT,
                    "Ljava/lang/AutoCloseable;",
                    "Ljava/lang/Comparable;",
                    "Ljava/lang/Runnable;",
                    "Ljava/util/concurrent/Callable;");

    private Arguments() {}

    /// Returns the indices of the arguments that `owner.name` touches.
    static List<Integer> indices(String owner, String name, List<ClassDesc> parameters) {
        List<Integer> indices = new ArrayList<>();
        if (owner.startsWith("java/lang/invoke/")) {
            return indices;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (isTouched(owner, name, parameters.get(i).descriptorString())) {
                indices.add(i);
            }
        }
        return indices;
    }

    private static boolean isTouched(String owner, String name, String type) {
        if (type.startsWith("[")) {
            return true;
        }
        return type.equals(OBJECT) ? isObjectTouched(owner, name) : isShared(owner, type);
    }

    private static boolean isObjectTouched(String owner, String name) {
        return switch (owner) {
            case "java/lang/System" -> name.equals("arraycopy");
            case "java/lang/reflect/Array" -> true;
            case "java/util/Objects" -> OBJECTS_METHODS.contains(name);
            case STRING -> !name.equals("equals");
            default -> TEXTUAL.contains(owner) && !name.equals("equals") || owner.startsWith("java/io/");
        };
    }

    private static boolean isShared(String owner, String type) {
        if (!type.startsWith("L") || UNTOUCHED.contains(type)) {
            return false;
        }
        String name = type.substring(1, type.length() - 1);
        return JdkTypes.sharing(name) != JdkTypes.Sharing.NONE
                || owner.equals("java/nio/file/Files") && name.equals("java/nio/file/Path");
    }

    /// Returns the word for the argument at `index`.
    static String word(String owner, String name, int index) {
        if (convertsToText(owner, name)) {
            return TO_STRING;
        }
        if (COPYING.contains(name) && COLLECTIONS.stream().anyMatch(owner::endsWith)) {
            return COPY;
        }
        if (READING_ANYWHERE.contains(name) && !owner.equals("java/util/Collections")
                || READING.getOrDefault(owner, Set.of()).contains(name)
                || name.equals("arraycopy") && index == 0) {
            return READ;
        }
        return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }

    private static boolean convertsToText(String owner, String name) {
        return TEXTUAL.contains(owner) && !name.startsWith("get") && !name.equals("<init>")
                || owner.equals("java/util/Objects");
    }
}
