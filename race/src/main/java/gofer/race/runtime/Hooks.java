package gofer.race.runtime;

/// What instrumented code calls, through `java.lang.GoferRace`, which has the same methods.
///
/// No method throws, except [#check]. A thread is in a race only from the moment the detector has started.
///
/// A `site` is a number of [Sites]: the place of the access in the source. A `field` is a number of [Fields].
public final class Hooks {

    /// The part of an object that stands for its monitor.
    public static final long MONITOR = -1;

    /// The part of a thread that stands for its interrupt.
    public static final long INTERRUPT = -2;

    private Hooks() {}

    /// Returns the epoch of the current thread: its identity and its time. A variable that has this epoch needs no check.
    public static long epoch() {
        return 0;
    }

    /// Records that the current thread is about to read a field. `owner` is the object, or the class of a static field.
    public static void readField(Object owner, int field, int site) {}

    /// Records that the current thread is about to write a field.
    public static void writeField(Object owner, int field, int site) {}

    /// Records that the current thread is about to read an element of an array. Does nothing if there is no such element.
    public static void readElement(Object array, int index, int site) {}

    /// Records that the current thread is about to write an element of an array.
    public static void writeElement(Object array, int index, int site) {}

    /// Records reads of the elements from index `from` to before `to`. Does nothing if the array has no such range.
    public static void readElements(Object array, int from, int to, int site) {}

    /// Records writes of these elements.
    public static void writeElements(Object array, int from, int to, int site) {}

    /// Records a read of an object that is one variable, such as a collection.
    public static void readWhole(Object object, int site) {}

    /// Records a write of such an object.
    public static void writeWhole(Object object, int site) {}

    /// Records that what was released on this part of `object` happens before what the current thread does from now on.
    public static void acquire(Object object, long part) {}

    /// Records that what the current thread has done happens before what follows a later acquire of this part of `object`.
    public static void release(Object object, long part) {}

    /// Records that what was released on part 0 of `from` also happens before what follows an acquire of `part` of `to`.
    public static void pass(Object from, Object to, long part) {}

    /// Acquires a volatile field. `owner` is the object, or the class of a static field.
    public static void acquireField(Object owner, int field) {}

    /// Releases a volatile field.
    public static void releaseField(Object owner, int field) {}

    /// Acquires what is at `offset` of `object`, an offset of `Unsafe`: an element of an array or a field. All fields of an
    /// object of the JDK are one part.
    public static void acquireAt(Object object, long offset) {}

    /// Releases what is at `offset` of `object`.
    public static void releaseAt(Object object, long offset) {}

    /// Acquires the variable of a `VarHandle`.
    ///
    /// @param target the object or the array; null for a static field
    /// @param index the index of the element; -1 for a field
    public static void acquireHandle(Object handle, Object target, int index) {}

    /// Releases the variable of a `VarHandle`.
    public static void releaseHandle(Object handle, Object target, int index) {}

    /// Records that the current thread is about to start `thread`.
    public static void starting(Thread thread) {}

    /// Records that the current thread, which is `thread`, ends.
    public static void ended(Thread thread) {}

    /// Records that the current thread has seen that `thread` has ended. Does nothing if that has not ended.
    public static void joined(Thread thread) {}

    /// From now on, nothing that the current thread does counts, until [#exitQuiet]. Calls may be nested.
    public static void enterQuiet() {}

    /// Ends the effect of [#enterQuiet].
    public static void exitQuiet() {}

    /// From now on, the accesses of the current thread do not count, but its edges do: it initializes a class.
    public static void enterInitializer() {}

    /// Ends the effect of [#enterInitializer]. What the thread has done happens before what another does with `type`.
    public static void exitInitializer(Class<?> type) {}

    /// Returns the number of races so far.
    public static int mark() {
        return 0;
    }

    /// Throws an [AssertionError] with the reports of the races since `mark`, if there are any.
    public static void check(int mark) {}

    /// Records the status with which the program is about to end.
    public static void exiting(int status) {}
}
