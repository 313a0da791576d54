package gofer.testing;

import gofer.runtime.Op;
import gofer.runtime.Operation;
import java.util.ArrayDeque;
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

    private final List<Step> first = new ArrayList<>();
    private final ArrayDeque<Step> last = new ArrayDeque<>(); // of those that follow
    private int left; // out, between the two
    private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void add(Task task, String what, @Nullable StackTraceElement site) {
        String place =
                site == null || site.getFileName() == null ? "" : site.getFileName() + ":" + site.getLineNumber();
        Step step = new Step(task.toString(), what, place);
        if (first.size() < SHOWN / 2) {
            first.add(step);
            return;
        }
        last.add(step);
        if (last.size() > SHOWN / 2) {
            last.remove();
            left++;
        }
    }

    void add(Task task, Operation operation, @Nullable Object object, StackTraceElement site) {
        String name = object == null ? "" : " " + (operation == Operation.ACCESS ? foreignName(object) : name(object));
        add(task, operation + name, site);
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
        return object instanceof Class<?> type ? type.getSimpleName() : name(object, object.getClass().getSimpleName());
    }

    private String name(Object object, String kind) {
        return names.computeIfAbsent(object, _ -> kind + " " + numbers.merge(kind, 1, Integer::sum));
    }

    /// A table: a line for each step.
    String text() {
        int task = "goroutine".length();
        int operation = "does".length();
        List<Step> steps = new ArrayList<>(first);
        steps.addAll(last);
        for (Step step : steps) {
            task = Math.max(task, step.task.length());
            operation = Math.max(operation, step.operation.length());
        }
        String format = "%5s  %-" + task + "s  %-" + operation + "s  %s%n";
        StringBuilder text = new StringBuilder(String.format(format, "step", "goroutine", "does", "at"));
        for (int i = 0; i < steps.size(); i++) {
            boolean isLast = i >= first.size();
            if (left > 0 && i == first.size()) {
                text.append("  ...\n");
            }
            Step step = steps.get(i);
            text.append(String.format(format, i + 1 + (isLast ? left : 0), step.task, step.operation, step.site));
        }
        return text.toString();
    }
}
