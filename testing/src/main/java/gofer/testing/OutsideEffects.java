package gofer.testing;

import org.jspecify.annotations.Nullable;

/// A record of the events of a run that were not under control, so that they may differ in another run.
final class OutsideEffects {

    private boolean waited;
    private boolean waitedForOther;
    private volatile boolean waitedUncontrolled;
    private volatile @Nullable Thread foreignThread; // the last one
    private @Nullable String realWait;

    /// Begins a run.
    void clear() {
        waited = false;
        waitedForOther = false;
        waitedUncontrolled = false;
        foreignThread = null;
        realWait = null;
    }

    /// Records that a goroutine has waited for something outside.
    void addWait() {
        waited = true;
    }

    /// Records that all goroutines wait for something outside.
    ///
    /// @param forMonitor whether one of them waits for a monitor
    void addWait(boolean forMonitor) {
        waited = true;
        waitedForOther |= !forMonitor;
    }

    /// Records that a goroutine has waited for something outside, other than a monitor. Called on any thread.
    void addUncontrolledWait() {
        waitedUncontrolled = true;
    }

    /// Records that `thread`, from outside, has tried to use an object of the world. Called on that thread.
    void addForeignThread(Thread thread) {
        foreignThread = thread;
    }

    /// Records a wait on the real clock.
    ///
    /// @param wait describes it
    void addRealWait(String wait) {
        realWait = wait;
    }

    /// Returns whether a goroutine has waited for something outside, which cannot be repeated.
    boolean hasWaited() {
        return waited;
    }

    /// Returns whether all these waits were for monitors that code without scheduling points enters or leaves, such as the JDK.
    boolean hasWaitedOnlyForMonitors() {
        return waited && !waitedForOther && !waitedUncontrolled;
    }

    /// Returns the last thread from outside that tried to use an object of the world; null if there was none.
    @Nullable Thread foreignThread() {
        return foreignThread;
    }

    /// Describes the last wait on the real clock; null if there was none.
    @Nullable String realWait() {
        return realWait;
    }

    /// Returns why another run with the same choices may behave differently, apart from platform threads; null if no reason is
    /// known.
    @Nullable String obstacle() {
        if (foreignThread != null) {
            return "a thread that is not under control used a channel";
        }
        if (realWait != null) {
            return "there was a wait in real time";
        }
        return waitedUncontrolled ? "goroutines waited for I/O, or for threads that are not under control" : null;
    }
}
