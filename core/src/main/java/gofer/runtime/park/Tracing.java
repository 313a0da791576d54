package gofer.runtime.park;

/// The reporting of goroutine events to the JDK's flight recorder.
///
/// The events are registered once the flight recorder is in use, which the clock's thread checks four times a second.
/// Until then, and while no recording has enabled them, they cost as much as reading a field.
public final class Tracing {

    private static final boolean POSSIBLE =
            ModuleLayer.boot().findModule("jdk.jfr").filter(Tracing.class.getModule()::canRead).isPresent();

    private static volatile boolean on; // written by the clock's thread

    static {
        var _ = CoarseClock.now(); // its thread checks
    }

    private Tracing() {}

    /// Returns whether this JVM has a flight recorder.
    public static boolean isPossible() {
        return POSSIBLE;
    }

    /// Returns whether a recording has enabled the events.
    public static boolean isOn() {
        return on;
    }

    /// Checks whether a recording has enabled the events. Called by one thread.
    static void refresh() {
        try {
            on = POSSIBLE && TraceEvents.areWanted();
        } catch (RuntimeException | Error refused) { // a clock without traces is better than none
            on = false;
        }
    }

    /// Called when the current thread is about to start `goroutine`.
    public static void started(Fiber goroutine) {
        if (on) {
            TraceEvents.started(goroutine);
        }
    }

    /// Called when the current goroutine has ended.
    public static void ended(Fiber goroutine) {
        if (on) {
            TraceEvents.ended(goroutine);
        }
    }

    /// Called when the current thread has woken `thread`.
    static void woken(Thread thread) {
        if (on && thread != Thread.currentThread()) {
            TraceEvents.woken(thread);
        }
    }

    /// Called when the current thread has performed an arm of a select.
    public static void selected(int arm) {
        if (on) {
            TraceEvents.selected(arm);
        }
    }

    /// Called when the function of a timer starts, `late` nanoseconds after it was due.
    public static void timerFired(StackTraceElement setAt, long late) {
        if (on) {
            TraceEvents.timerFired(setAt, late);
        }
    }
}
