package gofer.testing.agent;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells which arguments a method of the JDK reads or writes: arrays, and objects that may be shared.
///
/// Each has a word: the name of the method that the JDK calls on it at most, if that is known to change nothing; else that of the
/// method which is called. A sign before it says of what it is to be taken.
public final class Arguments {

    /// Of the object, if it may be shared; and if it is an array, of its elements, too.
    public static final char CHECKED = '?';

    /// Of the elements of an array that has just been made.
    public static final char ELEMENTS = '*';

    private static final String TEXT = "toString";
    private static final String READ = "toArray";

    private static final String STRING = "java/lang/String";
    private static final String OBJECT = "Ljava/lang/Object;";

    /// These make a text of an object, or of a part of it, or compare it.
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

    /// What these types do with their arguments is to read them.
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

    private static final Set<String> OF_OBJECTS = Set.of("toString", "equals", "deepEquals", "hash", "hashCode");

    /// What the JDK does not look at, or calls back.
    private static final Set<String> LEFT =
            Set.of(
                    OBJECT,
                    "Ljava/lang/AutoCloseable;",
                    "Ljava/lang/Comparable;",
                    "Ljava/lang/Runnable;",
                    "Ljava/util/concurrent/Callable;");

    private Arguments() {}

    /// The places of those that `owner.name` touches.
    static List<Integer> places(String owner, String name, List<ClassDesc> parameters) {
        List<Integer> places = new ArrayList<>();
        if (owner.startsWith("java/lang/invoke/")) {
            return places;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (isTouched(owner, name, parameters.get(i).descriptorString())) {
                places.add(i);
            }
        }
        return places;
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
            case "java/util/Objects" -> OF_OBJECTS.contains(name);
            case STRING -> !name.equals("equals");
            default -> TEXTUAL.contains(owner) && !name.equals("equals") || owner.startsWith("java/io/");
        };
    }

    private static boolean isShared(String owner, String type) {
        if (!type.startsWith("L") || LEFT.contains(type)) {
            return false;
        }
        String name = type.substring(1, type.length() - 1);
        return JdkTypes.sharing(name) != JdkTypes.Sharing.NONE
                || owner.equals("java/nio/file/Files") && name.equals("java/nio/file/Path");
    }

    /// The word for an argument at `place`.
    static String word(String owner, String name, int place) {
        if (isTextual(owner, name)) {
            return TEXT;
        }
        if (READING_ANYWHERE.contains(name) && !owner.equals("java/util/Collections")
                || READING.getOrDefault(owner, Set.of()).contains(name)
                || name.equals("arraycopy") && place == 0) {
            return READ;
        }
        return owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }

    private static boolean isTextual(String owner, String name) {
        return TEXTUAL.contains(owner) && !name.startsWith("get") && !name.equals("<init>")
                || owner.equals("java/util/Objects");
    }
}
