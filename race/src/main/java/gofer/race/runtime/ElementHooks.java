package gofer.race.runtime;

import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;
import org.jspecify.annotations.Nullable;

/// The hooks for elements of arrays. `java.lang.GoferRace` has the same methods.
///
/// No method throws, except a [StackOverflowError] if the stack is full anyway. A method does nothing if the array is null or
/// has no such element: then the access throws an exception.
///
/// In a loop, each access has a variable of its own for the result of its last hook, which begins as null. So most calls return
/// at once: the thread uses an element near the last one.
public final class ElementHooks {

    private ElementHooks() {}

    /// Records that the current thread is about to read an element in a loop. Returns what the next call gets as `last`.
    @ForceInline
    public static @Nullable Object readElement(Object array, int index, @Nullable Object last, int site) {
        return last instanceof Run run && run.record(array, index) ? run : inLoop(array, index, last, false, site);
    }

    /// Records that the current thread is about to write an element in a loop. Returns what the next call gets as `last`.
    @ForceInline
    public static @Nullable Object writeElement(Object array, int index, @Nullable Object last, int site) {
        return last instanceof Run run && run.record(array, index) ? run : inLoop(array, index, last, true, site);
    }

    @DontInline
    private static @Nullable Object inLoop(Object array, int index, @Nullable Object last, boolean writes, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(array);
            return strand == null ? last : Variables.element(strand, array, index, (Run) last, writes, site);
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
            return last;
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to read an element.
    @DontInline
    public static void readElement(Object array, int index, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(array);
            if (strand != null) {
                Variables.element(strand, array, index, false, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to write an element.
    @DontInline
    public static void writeElement(Object array, int index, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(array);
            if (strand != null) {
                Variables.element(strand, array, index, true, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records reads of the elements from index `from` to before `to`. Does nothing if the array has no such range.
    @DontInline
    public static void readElements(Object array, int from, int to, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(array);
            if (strand != null) {
                Variables.elements(strand, array, from, to, false, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records writes of these elements.
    @DontInline
    public static void writeElements(Object array, int from, int to, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(array);
            if (strand != null) {
                Variables.elements(strand, array, from, to, true, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }
}
