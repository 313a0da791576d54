package gofer.race.rewrite;

import gofer.race.runtime.Hooks;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The hooks that the classes of tests call. They write down what the detector would get to know.
public final class RecordedHooks {

    private static final List<String> LOG = new ArrayList<>();
    private static final List<String> FIELDS = new ArrayList<>();
    private static final List<Integer> LINES = new ArrayList<>();

    private static boolean isOn;
    private static int strands; // the number of calls of `strand` meanwhile
    private static int epochs; // the number of calls of `epoch` with its result
    static boolean isSettled = true; // what the end of an initializer returns

    private RecordedHooks() {}

    /// Returns a detector with these hooks.
    static Detector detector() {
        return new Detector(
                ClassDesc.of(RecordedHooks.class.getName()),
                (type, name, isStatic, hasEpochs) ->
                        add(FIELDS, type + "." + name + (isStatic ? " static" : "") + (hasEpochs ? "" : " tracked")),
                (_, _, _, line) -> add(LINES, line),
                () -> 1);
    }

    private static synchronized <T> int add(List<T> all, T element) {
        all.add(element);
        return all.size() - 1;
    }

    /// Returns the calls of hooks while `body` runs in the current thread.
    static List<String> during(Runnable body) {
        LOG.clear();
        strands = 0;
        epochs = 0;
        isOn = true;
        try {
            body.run();
        } finally {
            isOn = false;
        }
        return List.copyOf(LOG);
    }

    static int strands() {
        return strands;
    }

    static int epochs() {
        return epochs;
    }

    private static void log(String what) {
        if (isOn) {
            LOG.add(what);
        }
    }

    private static String field(@Nullable Object owner, int field) {
        String known = owner instanceof Class<?> type ? "(" + type.getName() + ")" : "";
        return FIELDS.get(field) + known;
    }

    private static String at(int site) {
        return " @" + LINES.get(site);
    }

    private static String name(@Nullable Object object) {
        return object == null ? "null" : object.getClass().getSimpleName();
    }

    public static Object strand() {
        strands += isOn ? 1 : 0;
        return "strand";
    }

    public static long epoch(@Nullable Object strand) {
        epochs += isOn && strand != null ? 1 : 0;
        return 1;
    }

    public static void readField(Object owner, int field, int site) {
        log("readField " + field(owner, field) + at(site));
    }

    public static void writeField(Object owner, int field, int site) {
        log("writeField " + field(owner, field) + at(site));
    }

    public static void readElement(@Nullable Object array, int index, int site) {
        log("readElement " + name(array) + " " + index);
    }

    public static void writeElement(@Nullable Object array, int index, int site) {
        log("writeElement " + name(array) + " " + index);
    }

    public static Object readElement(@Nullable Object array, int index, @Nullable Object last, int site) {
        return inLoop("readElement ", array, index, last);
    }

    public static Object writeElement(@Nullable Object array, int index, @Nullable Object last, int site) {
        return inLoop("writeElement ", array, index, last);
    }

    /// Returns the index, which must come back as `last`.
    private static Object inLoop(String what, @Nullable Object array, int index, @Nullable Object last) {
        log(what + name(array) + " " + index + (last == null ? " first" : " after " + last));
        return index;
    }

    public static void readElements(@Nullable Object array, int from, int to, int site) {
        range("readElements ", array, from, to);
    }

    public static void writeElements(@Nullable Object array, int from, int to, int site) {
        range("writeElements ", array, from, to);
    }

    private static void range(String what, @Nullable Object array, int from, int to) {
        boolean exists = array != null && array.getClass().isArray() && from >= 0 && to <= Array.getLength(array);
        if (exists && from < to) {
            log(what + name(array) + " " + from + "-" + to);
        }
    }

    public static void readWhole(@Nullable Object object, int site) {
        log("readWhole " + name(object));
    }

    public static void writeWhole(@Nullable Object object, int site) {
        log("writeWhole " + name(object));
    }

    public static void readValue(@Nullable Object map, int site) {
        log("readValue " + name(map));
    }

    public static void useItem(@Nullable Object list, int index, boolean writes, int site) {
        log((writes ? "writeItem " : "readItem ") + name(list) + " " + index);
    }

    public static int begin(@Nullable Object collection, int site) {
        log("begin " + name(collection));
        return 7;
    }

    public static void end(@Nullable Object collection, int size, int site) {
        log("end " + name(collection) + " " + size);
    }

    public static void acquire(Object object, long part) {
        log("acquire " + monitor(object) + part(part));
    }

    public static void release(Object object, long part) {
        log("release " + monitor(object) + part(part));
    }

    private static String monitor(Object object) {
        return object instanceof Class<?> type ? "class " + type.getName() : name(object);
    }

    private static String part(long part) {
        return part == Hooks.MONITOR ? "" : " " + part;
    }

    public static void acquireField(Object owner, int field) {
        log("acquireField " + field(owner, field));
    }

    public static void releaseField(Object owner, int field) {
        log("releaseField " + field(owner, field));
    }

    public static void acquireIfVolatile(Object owner, int field) {
        log("acquireIfVolatile " + field(owner, field));
    }

    public static void releaseIfVolatile(Object owner, int field) {
        log("releaseIfVolatile " + field(owner, field));
    }

    public static void acquireHandle(Object handle, @Nullable Object target, int index) {
        log("acquireHandle " + name(target) + " " + index);
    }

    public static void releaseHandle(Object handle, @Nullable Object target, int index) {
        log("releaseHandle " + name(target) + " " + index);
    }

    public static void enterInitializer() {
        log("enterInitializer");
    }

    public static boolean exitInitializer(Class<?> type) {
        log("exitInitializer " + type.getName());
        return isSettled;
    }

    public static void initialized(Class<?> type, int number) {
        log("initialized " + type.getName());
    }

    public static void cloned(Object copy) {
        log("cloned " + name(copy));
    }

    public static int mark() {
        log("mark");
        return 7;
    }

    public static void check(int mark) {
        log("check " + mark);
    }
}
