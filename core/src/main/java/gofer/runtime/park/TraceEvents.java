package gofer.runtime.park;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/// The flight recorder events. Loaded when the flight recorder is first used, and never in a JVM without one.
///
/// The events record names instead of objects, so that nothing is kept alive. All except long waits are off unless a
/// recording enables them, because there can be millions of them.
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class TraceEvents {

    @Category({"Gofer", "Goroutines"})
    @StackTrace(false)
    @Enabled(false)
    private abstract static class GoroutineEvent extends Event {

        @Label("Goroutine")
        @Description("Its id")
        long goroutine;

        @Label("Name")
        @Nullable String name;

        void of(Fiber g) {
            goroutine = g.id();
            name = g.name();
        }
    }

    @Name("gofer.GoroutineStart")
    @Label("Goroutine Start")
    private static final class Start extends GoroutineEvent {

        @Label("Created At")
        @Nullable String createdAt;

        @Label("Creator")
        @Description("Id of the goroutine that started it, 0 if it was another thread")
        long creator;
    }

    @Name("gofer.GoroutineEnd")
    @Label("Goroutine End")
    private static final class End extends GoroutineEvent {}

    @Name("gofer.GoroutineBlock")
    @Label("Goroutine Block")
    @Description("A goroutine waited")
    @Enabled
    @Threshold("20 ms")
    @StackTrace
    private static final class Block extends GoroutineEvent {

        @Label("Reason")
        @Nullable String reason;

        @Label("Object")
        @Description("The channel or lock that it waited for, or those of a select")
        @Nullable String object;

        @Label("Outcome")
        @Description("completed, timed out, or called off by an interrupt, a context or a failure")
        @Nullable String outcome;
    }

    @Name("gofer.GoroutineUnblock")
    @Label("Goroutine Unblock")
    @Description("A goroutine was woken")
    private static final class Unblock extends GoroutineEvent {

        @Label("By")
        @Description("Id of the goroutine that woke it, 0 if it was another thread")
        long by;
    }

    @Name("gofer.Select")
    @Label("Select")
    @Description("A select performed one of its arms")
    private static final class Select extends GoroutineEvent {

        @Label("Arm")
        @Description("Its number, from 0")
        int arm;
    }

    @Name("gofer.Timer")
    @Label("Timer")
    @Description("The function of a timer was started")
    @Category({"Gofer", "Goroutines"})
    @StackTrace(false)
    @Enabled(false)
    private static final class Timer extends Event {

        @Label("Set At")
        @Nullable String setAt;

        @Label("Late")
        @Timespan
        long late;
    }

    private static final List<Class<? extends Event>> TYPES =
            List.of(Start.class, End.class, Block.class, Unblock.class, Select.class, Timer.class);

    private static boolean registered; // by the clock's thread

    private TraceEvents() {}

    /// Returns whether a recording has enabled any of the events.
    static boolean areWanted() {
        if (!FlightRecorder.isInitialized()) {
            return false;
        }
        if (!registered) {
            TYPES.forEach(FlightRecorder::register);
            registered = true;
        }
        return TYPES.stream().anyMatch(type -> EventType.getEventType(type).isEnabled());
    }

    static void started(Fiber goroutine) {
        var event = new Start();
        if (event.isEnabled()) {
            event.of(goroutine);
            event.createdAt = goroutine.createdAt();
            event.creator = goroutine.creator();
            event.commit();
        }
    }

    static void ended(Fiber goroutine) {
        var event = new End();
        if (event.isEnabled()) {
            event.of(goroutine);
            event.commit();
        }
    }

    /// Begins a wait. Returns the argument of [#endWait].
    static Object beginWait() {
        var event = new Block();
        event.begin();
        return event;
    }

    /// Ends a wait of the current goroutine.
    static void endWait(Object begun, Sleeper sleeper, String outcome) {
        var event = (Block) begun;
        event.end();
        if (event.shouldCommit() && Fiber.current() instanceof Fiber g) {
            event.of(g);
            event.reason = sleeper.reason().toString();
            event.object = sleeper.targetText();
            event.outcome = outcome;
            event.commit();
        }
    }

    static void woken(Thread thread) {
        var event = new Unblock();
        if (event.isEnabled() && Fiber.of(thread) instanceof Fiber g) {
            event.of(g);
            event.by = Fiber.current() instanceof Fiber waker ? waker.id() : 0;
            event.commit();
        }
    }

    static void selected(int arm) {
        var event = new Select();
        if (event.isEnabled() && Fiber.current() instanceof Fiber g) {
            event.of(g);
            event.arm = arm;
            event.commit();
        }
    }

    static void timerFired(StackTraceElement setAt, long late) {
        var event = new Timer();
        if (event.isEnabled()) {
            event.setAt = setAt.toString();
            event.late = late;
            event.commit();
        }
    }
}
