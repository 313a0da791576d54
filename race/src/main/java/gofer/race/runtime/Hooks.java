package gofer.race.runtime;

import java.util.function.Consumer;
import jdk.internal.vm.annotation.DontInline;
import org.jspecify.annotations.Nullable;

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

    /// Returns what [#epoch] needs to know about the current thread; null before the detector has started.
    public static @Nullable Object strand() {
        return Detector.on ? Strand.current().now : null;
    }

    /// Returns the epoch of the current thread: its identity and its time. A variable that has this epoch needs no check.
    ///
    /// @param strand an earlier result of [#strand] on this thread, which makes the call faster, or null
    public static long epoch(@Nullable Object strand) {
        return strand instanceof CurrentEpoch now ? now.value : Detector.on ? Strand.current().epoch() : 0;
    }

    /// Records that the current thread is about to read a field. `owner` is the object, or the class of a static field.
    @DontInline
    public static void readField(Object owner, int field, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(owner);
            if (strand != null) {
                FieldAccess.access(strand, owner, Fields.get(field), false, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to write a field.
    @DontInline
    public static void writeField(Object owner, int field, int site) {
        Strand strand = null;
        try {
            strand = Strand.accessing(owner);
            if (strand != null) {
                FieldAccess.access(strand, owner, Fields.get(field), true, site);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that what was released on this part of `object` happens before what the current thread does from now on.
    public static void acquire(Object object, long part) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.acquire(strand, object, part);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that what the current thread has done happens before what follows a later acquire of this part of `object`.
    public static void release(Object object, long part) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.release(strand, object, part);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that what was released on part 0 of `from` also happens before what follows an acquire of `part` of `to`.
    public static void pass(Object from, Object to, long part) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.pass(from, to, part);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Acquires a volatile field. `owner` is the object, or the class of a static field.
    public static void acquireField(Object owner, int field) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.acquireField(strand, owner, Fields.get(field));
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Releases a volatile field.
    public static void releaseField(Object owner, int field) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.releaseField(strand, owner, Fields.get(field));
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Acquires a field if it is volatile, which the caller does not know.
    public static void acquireIfVolatile(Object owner, int field) {
        Strand strand = null;
        try {
            strand = owner == null ? null : Strand.ordering();
            if (strand != null && Fields.get(field).isVolatile(owner)) {
                Edges.acquireField(strand, owner, Fields.get(field));
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Releases such a field if it is volatile.
    public static void releaseIfVolatile(Object owner, int field) {
        Strand strand = null;
        try {
            strand = owner == null ? null : Strand.ordering();
            if (strand != null && Fields.get(field).isVolatile(owner)) {
                Edges.releaseField(strand, owner, Fields.get(field));
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Acquires what is at `offset` of `object`, an offset of `Unsafe`: an element of an array or a field. All fields of an
    /// object of the JDK are one part.
    public static void acquireAt(@Nullable Object object, long offset) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.acquireAt(strand, object, offset);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Releases what is at `offset` of `object`.
    public static void releaseAt(@Nullable Object object, long offset) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.releaseAt(strand, object, offset);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Acquires the variable of a `VarHandle`.
    ///
    /// @param target the object or the array; null for a static field
    /// @param index the index of the element; -1 for a field
    public static void acquireHandle(Object handle, @Nullable Object target, int index) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.acquireHandle(strand, handle, target, index);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Releases the variable of a `VarHandle`.
    public static void releaseHandle(Object handle, @Nullable Object target, int index) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Edges.releaseHandle(strand, handle, target, index);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to start `thread`.
    public static void starting(Thread thread) {
        Strand strand = null;
        try {
            strand = Strand.living();
            if (strand != null) {
                Threads.starting(strand, thread);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread, which is `thread`, ends.
    public static void ended(Thread thread) {
        Strand strand = null;
        try {
            strand = Strand.living();
            if (strand != null) {
                Threads.ended(strand, thread);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread has seen that `thread` has ended. Does nothing if that has not ended.
    public static void joined(Thread thread) {
        Strand strand = null;
        try {
            strand = Strand.ordering();
            if (strand != null) {
                Threads.joined(strand, thread);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// From now on, nothing that the current thread does counts, until [#exitQuiet]. Calls may be nested.
    public static void enterQuiet() {
        if (Detector.on) {
            Strand.current().enterQuiet();
        }
    }

    /// Ends the effect of [#enterQuiet].
    public static void exitQuiet() {
        if (Detector.on) {
            Strand.current().exitQuiet();
        }
    }

    /// From now on, the accesses of the current thread do not count, but its edges do: it initializes a class.
    public static void enterInitializer() {
        if (Detector.on) {
            Strand.current().enterInitializer();
        }
    }

    /// Ends the effect of [#enterInitializer]. What the thread has done happens before what another does with `type`.
    /// This edge counts though the thread is quiet: code that links a call may initialize a class of the program.
    ///
    /// Returns whether all other threads will know it, so that [#initialized] need not be called.
    public static boolean exitInitializer(Class<?> type) {
        if (!Detector.on) {
            return false;
        }
        Strand strand = null;
        try {
            Strand.current().exitInitializer();
            strand = Strand.living();
            return strand != null && Initializers.exit(strand, type);
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
            return false;
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread is about to read a final field of `type`, which has the number `number`: what its
    /// initializer did happens before what follows.
    public static void initialized(Class<?> type, int number) {
        Strand strand = null;
        try {
            if (Detector.on && !Strand.current().hasInitialized(number)) {
                strand = Strand.ordering();
            }
            if (strand != null) {
                Initializers.use(strand, type, number);
            }
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        } finally {
            if (strand != null) {
                strand.busy = false;
            }
        }
    }

    /// Records that the current thread has made `copy` by [Object#clone]: the accesses to the original are not accesses to it.
    public static void cloned(Object copy) {
        try {
            Copies.clear(copy);
        } catch (Throwable _) {
            Detector.missed++; // not a call: the stack may be full
        }
    }

    /// Makes `listener` receive each report from now on: the variable, a text, and the text as JSON.
    public static void listen(Consumer<String[]> listener) {
        Reports.addReader(listener);
    }

    /// Returns a mark for [#check].
    public static int mark() {
        return Reports.mark();
    }

    /// Throws an [AssertionError] with the reports of the races since `mark`, if there are any.
    public static void check(int mark) {
        Reports.check(mark);
    }

    /// Records the status with which the program is about to end.
    public static void exiting(int status) {
        Detector.exitStatus = status;
    }
}
