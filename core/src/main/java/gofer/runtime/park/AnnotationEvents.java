package gofer.runtime.park;

import java.util.List;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/// The flight recorder events that the program writes: tasks, regions and log lines. Loaded like [TraceEvents].
///
/// A recording contains them unless it disables them, like the events of any program.
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class AnnotationEvents {

    @Category({"Gofer", "Program"})
    @StackTrace(false)
    private abstract static class Annotation extends Event {

        @Label("Goroutine")
        @Description("Its id, 0 if it was another thread")
        long goroutine = Fiber.current() instanceof Fiber g ? g.id() : 0;

        @Label("Task")
        @Description("The id of the task, 0 if there is none")
        long task;
    }

    @Name("gofer.Task")
    @Label("Task")
    @Description("A task of the program, which several goroutines may work on")
    private static final class Task extends Annotation {

        @Label("Parent")
        @Description("The id of the task that it is a part of, 0 if there is none")
        long parent;

        @Label("Kind")
        @Nullable String kind;
    }

    @Name("gofer.Region")
    @Label("Region")
    @Description("A part of the work of a goroutine")
    private static final class Region extends Annotation {

        @Label("Kind")
        @Nullable String kind;
    }

    @Name("gofer.Log")
    @Label("Log")
    @Description("A message of the program")
    private static final class Log extends Annotation {

        @Label("Category")
        @Nullable String category;

        @Label("Message")
        @Nullable String message;
    }

    static final List<Class<? extends Event>> TYPES = List.of(Task.class, Region.class, Log.class);

    private AnnotationEvents() {}

    static Object beginTask(long id, long parent, String kind) {
        var event = new Task();
        event.task = id;
        event.parent = parent;
        event.kind = kind;
        event.begin();
        return event;
    }

    static Object beginRegion(long task, String kind) {
        var event = new Region();
        event.task = task;
        event.kind = kind;
        event.begin();
        return event;
    }

    /// Ends a task or a region.
    static void end(Object begun) {
        ((Event) begun).commit();
    }

    static void log(long task, String category, String message) {
        var event = new Log();
        event.task = task;
        event.category = category;
        event.message = message;
        event.commit();
    }
}
