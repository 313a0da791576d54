package gofer.runtime.park;

/// Tells the JDK's flight recorder what goroutines do.
///
/// The events are known to it from the moment that somebody uses it: a thread of ours looks four times a second. Until then,
/// and while no recording wants them, they cost the reading of a field.
public final class Tracing {

    private static final boolean POSSIBLE =
            ModuleLayer.boot().findModule("jdk.jfr").filter(Tracing.class.getModule()::canRead).isPresent();

    private static volatile boolean on; // written by the clock's thread

    static {
        var _ = CoarseClock.now(); // whose thread looks
    }

    private Tracing() {}

    /// Whether this JVM has a flight recorder.
    public static boolean isPossible() {
        return POSSIBLE;
    }

    /// Whether somebody records our events.
    public static boolean isOn() {
        return on;
    }

    /// Finds out whether somebody does. By one thread.
    static void look() {
        try {
            on = POSSIBLE && TraceEvents.areWanted();
        } catch (RuntimeException | Error refused) { // a clock without traces is better than none
            on = false;
        }
    }

    /// A goroutine has been started, by the caller.
    public static void started(Fiber goroutine) {
        if (on) {
            TraceEvents.started(goroutine);
        }
    }

    /// The current goroutine is over.
    public static void ended(Fiber goroutine) {
        if (on) {
            TraceEvents.ended(goroutine);
        }
    }

    /// `thread` has been woken, by the caller.
    static void woken(Thread thread) {
        if (on && thread != Thread.currentThread()) {
            TraceEvents.woken(thread);
        }
    }

    /// The caller has carried out an arm of a select.
    public static void selected(int arm) {
        if (on) {
            TraceEvents.selected(arm);
        }
    }

    /// The function of a timer starts, some nanoseconds late.
    public static void timerFired(StackTraceElement setAt, long late) {
        if (on) {
            TraceEvents.timerFired(setAt, late);
        }
    }
}
