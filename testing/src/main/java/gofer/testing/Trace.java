package gofer.testing;

import gofer.runtime.Op;
import gofer.runtime.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in a run, step by step.
final class Trace {

    /// Longer ones are shown by their ends.
    private static final int SHOWN = 60;

    private record Step(String task, String operation, String site) {}

    private final List<Step> steps = new ArrayList<>();
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void add(Task task, String what, @Nullable StackTraceElement site) {
        String place =
                site == null || site.getFileName() == null ? "" : site.getFileName() + ":" + site.getLineNumber();
        steps.add(new Step(task.toString(), what, place));
    }

    void add(Task task, Operation operation, @Nullable Object object, StackTraceElement site) {
        add(task, text(operation, object), site);
    }

    private String text(Operation operation, @Nullable Object object) {
        return switch (object) {
            case null -> operation.toString();
            case Access access when access.isStatic() -> access.text(typeName(access.shared()));
            case Access access -> access.text(foreignName(access.shared()));
            default -> operation + " " + (operation == Operation.ACCESS ? foreignName(object) : name(object));
        };
    }

    private String name(Object object) {
        if (object instanceof Op[] ops) {
            List<String> all = new ArrayList<>();
            for (Op op : ops) {
                all.add((op.value() == null ? "from " : "to ") + name(op.core()));
            }
            return String.join(", ", all);
        }
        return name(object, object.toString().replaceFirst(" *[(0-9.@].*", ""));
    }

    /// Its `toString` is the user's.
    private String foreignName(Object object) {
        return object instanceof Class<?> type ? typeName(type) : name(object, typeName(object.getClass()));
    }

    /// Without its package; one without a name is called as its class file.
    private static String typeName(Object type) {
        String simple = type instanceof Class<?> known ? known.getSimpleName() : type.toString();
        String name = simple.isEmpty() && type instanceof Class<?> nameless ? nameless.getName() : simple;
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private String name(Object object, String kind) {
        return names.computeIfAbsent(object, _ -> kind + " " + numbers.merge(kind, 1, Integer::sum));
    }

    /// A table: a line for each step.
    String text() {
        int task = "goroutine".length();
        int operation = "does".length();
        for (Step step : steps) {
            task = Math.max(task, step.task.length());
            operation = Math.max(operation, step.operation.length());
        }
        String format = "%5s  %-" + task + "s  %-" + operation + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(format, "step", "goroutine", "does", "at"));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.size() > SHOWN && i == SHOWN / 2) {
                i = steps.size() - SHOWN / 2;
                text.append("  ...\n");
            }
            Step step = steps.get(i);
            text.append(String.format(format, i + 1, step.task, step.operation, step.site));
        }
        return text.toString();
    }
}
