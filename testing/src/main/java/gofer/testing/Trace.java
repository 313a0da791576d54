package gofer.testing;

import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.Op;
import gofer.runtime.park.QueuedSynchronizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The steps of a run.
final class Trace {

    /// The number of steps that are kept at the beginning, and at the end.
    private static final int KEPT = 30;

    private record Step(int number, String task, String operation, String site) {}

    private final List<Step> first = new ArrayList<>();
    private final ArrayDeque<Step> last = new ArrayDeque<>(); // without those in `first`
    private final int length;
    private int count;
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param length the number of steps that the run will have; 0 if it is not known
    Trace(int length) {
        this.length = length;
    }

    /// Returns whether the step with this number may be kept. Describing a step is slow.
    boolean keeps(int number) {
        return length == 0 || number <= KEPT || number > length - 2 * KEPT;
    }

    void add(Task task, SyncPoint operation, @Nullable Object object, @Nullable StackTraceElement site) {
        add(task, text(operation, object), site);
    }

    void add(Task task, String what, @Nullable StackTraceElement site) {
        String place =
                site == null || site.getFileName() == null ? "" : site.getFileName() + ":" + site.getLineNumber();
        var step = new Step(++count, task.toString(), what, place);
        if (first.size() < KEPT) {
            first.add(step);
            return;
        }
        last.add(step);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /// Counts a step that is not kept.
    void skip() {
        count++;
    }

    private String text(SyncPoint operation, @Nullable Object object) {
        return switch (object) {
            case null -> operation.toString();
            case Access access when access.isStatic() -> access.text(typeName(access.shared()));
            case Access access -> access.text(foreignName(access.shared()));
            default -> operation + " " + (operation == SyncPoint.ACCESS ? foreignName(object) : name(object));
        };
    }

    /// Returns the name of a lock of Gofer, or of an object whose monitor is used.
    String nameOf(Object lock) {
        return lock instanceof QueuedSynchronizer ? name(lock) : foreignName(lock);
    }

    private String name(Object object) {
        if (object instanceof Op[] ops) {
            List<String> all = new ArrayList<>();
            for (Op op : ops) {
                all.add(op.edge().purpose().replaceFirst("to (receive|send) ", "") + " " + name(op.target()));
            }
            return String.join(", ", all);
        }
        return name(object, object.toString().replaceFirst(" *[(0-9.@].*", ""));
    }

    /// Returns the name of an object of the program. Does not call its `toString`.
    private String foreignName(Object object) {
        return object instanceof Class<?> type ? typeName(type) : name(object, typeName(object.getClass()));
    }

    /// Returns the name without its package. The name of an anonymous class is that of its class file.
    private static String typeName(Object type) {
        String simple = type instanceof Class<?> known ? known.getSimpleName() : type.toString();
        String name = simple.isEmpty() && type instanceof Class<?> nameless ? nameless.getName() : simple;
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private String name(Object object, String kind) {
        return names.computeIfAbsent(object, _ -> kind + " " + numbers.merge(kind, 1, Integer::sum));
    }

    /// Returns a table with a line for each step.
    String text() {
        List<Step> steps = new ArrayList<>(first);
        steps.addAll(last);
        int task = "goroutine".length();
        int operation = "does".length();
        for (Step step : steps) {
            task = Math.max(task, step.task.length());
            operation = Math.max(operation, step.operation.length());
        }
        String format = "%5s  %-" + task + "s  %-" + operation + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(format, "step", "goroutine", "does", "at"));
        int before = 0;
        for (Step step : steps) {
            if (step.number > before + 1) {
                text.append("  ...\n");
            }
            before = step.number;
            text.append(String.format(format, step.number, step.task, step.operation, step.site));
        }
        return text.toString();
    }
}
