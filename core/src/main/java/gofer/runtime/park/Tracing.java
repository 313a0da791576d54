package gofer.runtime.park;

import gofer.runtime.base.ThreadSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reporting of goroutine events to the JDK's flight recorder.
///
/// The events are registered once the flight recorder is in use, which the clock's thread checks four times a second.
/// Until then, and while no recording has enabled them, they cost as much as reading a field.
public final class Tracing {

    private static final boolean POSSIBLE =
            ModuleLayer.boot().findModule("jdk.jfr").filter(Tracing.class.getModule()::canRead).isPresent();

    private static volatile boolean on; // written by the clock's thread

    private static volatile Supplier<List<ChanCounts>> channels = List::of;

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

    /// Sets the function that returns the counts of all channels with a name.
    public static void setChannels(Supplier<List<ChanCounts>> source) {
        channels = source;
    }

    static List<ChanCounts> channels() {
        return channels.get();
    }

    /// Checks whether a recording has enabled the events. Called by one thread.
    static void refresh() {
        try {
            boolean wanted = POSSIBLE && TraceEvents.areWanted();
            if (wanted && !on) {
                ThreadSource.all().forEach(Holders::add);
                on = true; // goroutines that begin from now on add themselves
                ThreadSource.all().forEach(Holders::add); // those that began in between
            } else {
                on = wanted;
            }
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

    /// Called when `goroutine`, the current one, runs for the first time. If there is no memory, the event is lost.
    public static void began(Fiber goroutine) {
        if (on) {
            try {
                TraceEvents.began(goroutine);
            } catch (OutOfMemoryError full) {
                // the goroutine runs all the same
            }
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

    /// Begins a task of the program. Returns the argument of [#end], or null if nothing is recorded.
    public static @Nullable Object beginTask(long id, long parent, String kind) {
        return on ? AnnotationEvents.beginTask(id, parent, kind) : null;
    }

    /// Begins a region of the program. Returns the argument of [#end], or null if nothing is recorded.
    public static @Nullable Object beginRegion(long task, String kind) {
        return on ? AnnotationEvents.beginRegion(task, kind) : null;
    }

    /// Ends a task or a region. If there is no memory, it is not recorded: that must not lose the result of the work.
    public static void end(Object begun) {
        try {
            AnnotationEvents.end(begun);
        } catch (OutOfMemoryError full) {
            // it is not recorded
        }
    }

    /// Records a message of the program.
    public static void log(long task, String category, String message) {
        if (on) {
            AnnotationEvents.log(task, category, message);
        }
    }
}
