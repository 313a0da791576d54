package gofer.runtime.park;

import gofer.goroutine.WaitReason;
import gofer.runtime.sched.Scheduling;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
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

    private static final String PROCESSOR =
            "Its number, from 0; on the JDK's scheduler, the number of the carrier thread; -1 if there is none";

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

    @Name("gofer.GoroutineRun")
    @Label("Goroutine Run")
    @Description("A goroutine ran for the first time")
    private static final class Run extends GoroutineEvent {

        @Label("Processor")
        @Description(PROCESSOR)
        int processor;
    }

    @Name("gofer.GoroutineEnd")
    @Label("Goroutine End")
    private static final class End extends GoroutineEvent {

        @Label("Processor")
        @Description(PROCESSOR)
        int processor;
    }

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

        @Label("Frame")
        @Description("Where in the program it waited; empty for most of the waits of less than 50 microseconds")
        String frame = "";

        @Label("Holder")
        @Description("Id of the goroutine that held the lock when the wait began, 0 if none did or it is not known")
        long holder;

        @Label("Length")
        @Description("The number of values in the channel when the wait began, -1 if it did not wait for one channel")
        int length = -1;

        @Label("Capacity")
        @Description("The number of values that the channel has room for, -1 if it did not wait for one channel")
        int capacity = -1;

        @Label("Processor")
        @Description("The number of the processor on which it began to wait, -1 if there is none")
        int processor;

        @Label("Resumed On")
        @Description("The number of the processor on which it ran after the wait, -1 if there is none")
        int resumedOn;

        private transient long begun; // the flight recorder does not record a transient field

        void at(WaitTarget target, WaitReason reason) {
            length = target.len();
            capacity = target.cap();
            List<Long> blockers = target.blockers(reason);
            if (blockers.size() == 1) {
                holder = Holders.goroutine(blockers.getFirst());
            }
        }
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

    @Name("gofer.Channel")
    @Label("Channel")
    @Description("The channels of one name")
    @Category({"Gofer", "Channels"})
    @StackTrace(false)
    @Enabled(false)
    @Period("100 ms")
    private static final class Channel extends Event {

        @Label("Name")
        @Nullable String name;

        @Label("Length")
        @Description("The number of values in the channels")
        int length;

        @Label("Capacity")
        @Description("The number of values that the channels have room for")
        int capacity;

        @Label("Sent")
        @Description("The number of values sent so far")
        long sent;

        @Label("Received")
        @Description("The number of values received so far")
        long received;
    }

    private static final List<Class<? extends Event>> TYPES =
            Stream.concat(
                            Stream.of(
                                    Start.class,
                                    Run.class,
                                    End.class,
                                    Block.class,
                                    Unblock.class,
                                    Select.class,
                                    Timer.class),
                            AnnotationEvents.TYPES.stream())
                    .toList();

    /// Finding the frame takes one or two microseconds, several times as long as a hand-off. So it is found for a wait of this
    /// many nanoseconds or more, and for a shorter one with a probability of its length divided by this: that takes a few
    /// percent of the time waited, and a line where goroutines wait often is found however short the waits are.
    private static final long FRAME_TIME = 50_000;

    private static boolean registered; // by the clock's thread

    private TraceEvents() {}

    /// Returns whether a recording has enabled any of the events. That of channels does not count: the flight recorder asks for
    /// it.
    static boolean areWanted() {
        if (!FlightRecorder.isInitialized()) {
            return false;
        }
        if (!registered) {
            TYPES.forEach(FlightRecorder::register);
            FlightRecorder.addPeriodicEvent(Channel.class, TraceEvents::channels);
            registered = true;
        }
        return TYPES.stream().anyMatch(type -> EventType.getEventType(type).isEnabled());
    }

    private static void channels() {
        for (ChanCounts counts : Tracing.channels()) {
            var event = new Channel();
            event.name = counts.name();
            event.length = counts.length();
            event.capacity = counts.capacity();
            event.sent = counts.sent();
            event.received = counts.received();
            event.commit();
        }
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

    static void began(Fiber goroutine) {
        Holders.add(Thread.currentThread());
        var event = new Run();
        if (event.isEnabled()) {
            event.of(goroutine);
            event.processor = Scheduling.processor();
            event.commit();
        }
    }

    static void ended(Fiber goroutine) {
        var event = new End();
        if (event.isEnabled()) {
            event.of(goroutine);
            event.processor = Scheduling.processor();
            event.commit();
        }
    }

    /// Begins a wait of the current thread. Returns the argument of [#endWait]; null if such waits are not recorded.
    static @Nullable Object beginWait(Sleeper sleeper) {
        var event = new Block();
        if (!event.isEnabled() || Fiber.current() == null) {
            return null;
        }
        event.begun = System.nanoTime();
        event.begin();
        event.processor = Scheduling.processor();
        if (sleeper.target() instanceof WaitTarget target) {
            event.at(target, sleeper.reason());
        }
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
            if (isFrameDue(System.nanoTime() - event.begun)) {
                event.frame = CallSites.frame();
            }
            event.resumedOn = Scheduling.processor();
            event.commit();
        }
    }

    /// Returns whether to find the frame of a wait of `waited` nanoseconds.
    static boolean isFrameDue(long waited) {
        return waited >= FRAME_TIME || ThreadLocalRandom.current().nextLong(FRAME_TIME) < waited;
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
