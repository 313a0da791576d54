package gofer.race.runtime;

/// The hooks for objects that are one variable each, such as collections. `java.lang.GoferRace` has the same methods.
///
/// No method throws.
public final class WholeHooks {

    private WholeHooks() {}

    /// Records a read of an object that is one variable, such as a collection.
    public static void readWhole(Object object, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(object);
            if (strand != null) {
                Variables.whole(strand, object, false, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records a write of such an object.
    public static void writeWhole(Object object, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(object);
            if (strand != null) {
                Variables.whole(strand, object, true, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to get the value of a key from a map. That is a write if the map keeps the order
    /// of access, and otherwise a read.
    public static void readValue(Object map, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(map);
            if (strand != null) {
                Changes.readValue(strand, map, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records a read of a list, and a read or a write of one of its elements. Of a list that is a view, the elements are not
    /// known.
    public static void useItem(Object list, int index, boolean writes, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(list);
            if (strand != null) {
                Changes.useItem(strand, list, index, writes, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to make a call that may change a collection, or leave it as it is: a read of it.
    /// Returns its size for [#end].
    public static int begin(Object collection, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(collection);
            return strand == null ? Changes.UNKNOWN : Changes.begin(strand, collection, site);
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
            return Changes.UNKNOWN;
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records a write of the collection if the call has changed its size. Is not called after an exception.
    public static void end(Object collection, int size, int site) {
        if (size == Changes.UNKNOWN) {
            return;
        }
        Strand strand = null;
        try {
            strand = Strand.accessing(collection);
            if (strand != null) {
                Changes.end(strand, collection, size, site);
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
