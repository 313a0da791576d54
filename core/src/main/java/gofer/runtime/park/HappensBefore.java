package gofer.runtime.park;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The hooks of a race detector: reports the happens-before edges of Gofer's operations to a recorder.
///
/// An edge begins with a release of an object and ends with an acquire of the same object. Objects are compared by identity. An
/// object may have several parts, which have separate edges. A release comes before the change of state that other threads can
/// see, an acquire after it. So the recorder also sees the order if the threads run in parallel.
///
/// The edges are those of `docs/memory-model.md`, except for the start of a goroutine. Without a recorder, a hook costs one
/// field read.
///
/// If the agent runs a race detector for the whole process, it replaces the bodies of [#isRecorded], [#release], [#acquire],
/// [#pass] and [#listen] when it loads the class.
public final class HappensBefore {

    /// What receives the edges.
    ///
    /// The thread that performs an operation calls it, often with a lock of Gofer held. So it must return soon, must not throw
    /// or park, and must not use Gofer.
    public interface Recorder {

        /// What the current thread has done happens before what follows a later acquire of the same object and part. Earlier
        /// releases of it still count.
        void release(Object object, int part);

        /// What was released on `object` and `part` so far happens before what the current thread does from now on.
        void acquire(Object object, int part);

        /// Adds what was released on part 0 of `from` to part `part` of `to`.
        void pass(Object from, Object to, int part);
    }

    private static @Nullable Recorder recorder; // written before the threads that it concerns start

    private HappensBefore() {}

    /// Sets the recorder, for the whole process. Called before the threads that it concerns start.
    public static void record(Recorder recorder) {
        HappensBefore.recorder = recorder;
    }

    /// Removes the recorder, for tests.
    static void recordNoLonger() {
        recorder = null;
    }

    /// Returns whether there is a recorder.
    public static boolean isRecorded() {
        return recorder != null;
    }

    /// Releases part 0 of `object`.
    public static void release(Object object) {
        release(object, 0);
    }

    /// Called when the current thread is about to make what it has done visible through `part` of `object`.
    public static void release(Object object, int part) {
        Recorder known = recorder;
        if (known != null) {
            known.release(object, part);
        }
    }

    /// Acquires part 0 of `object`.
    public static void acquire(Object object) {
        acquire(object, 0);
    }

    /// Called when the current thread has seen what was made visible through `part` of `object`.
    public static void acquire(Object object, int part) {
        Recorder known = recorder;
        if (known != null) {
            known.acquire(object, part);
        }
    }

    /// Called when what was released on part 0 of `from` becomes visible through `part` of `to`.
    public static void pass(Object from, Object to, int part) {
        Recorder known = recorder;
        if (known != null) {
            known.pass(from, to, part);
        }
    }

    /// Registers a listener for the races in the whole process: each report is a variable, a text and the text as JSON.
    public static void listen(Consumer<String[]> listener) {}
}
