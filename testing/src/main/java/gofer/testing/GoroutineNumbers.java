package gofer.testing;

import gofer.runtime.goroutine.G;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The numbers of goroutines in reports. Unlike ids, they are the same in each run of a schedule.
final class GoroutineNumbers {

    /// The maximum length of an exception in the line that reports it. The stack shows the full text.
    private static final int LONGEST = 300;

    private final Map<Long, Integer> ofGoroutines = new HashMap<>(); // by goroutine id

    void clear() {
        ofGoroutines.clear();
    }

    void add(G goroutine, int number) {
        ofGoroutines.put(goroutine.id(), number);
    }

    Map<Long, Integer> ofGoroutines() {
        return ofGoroutines;
    }

    /// Returns the numbers of the `tasks` that are not goroutines, by thread id.
    static Map<Long, Integer> ofOthers(List<Task> tasks) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (Task task : tasks) {
            if (task.thread != null) {
                numbers.put(task.thread.threadId(), task.number);
            }
        }
        return numbers;
    }

    /// Returns the known threads of `tasks`.
    static Stream<Thread> threads(List<Task> tasks) {
        return tasks.stream()
                .flatMap(task ->
                        task.goroutine != null ? Stream.of(task.goroutine.thread()) : Stream.ofNullable(task.thread));
    }

    /// Returns a line that reports `thrown`, which escaped `goroutine`.
    String panic(G goroutine, Throwable thrown) {
        String text =
                thrown.toString()
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" "));
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        int number = ofGoroutines.getOrDefault(goroutine.id(), 1);
        String name = goroutine.name().isEmpty() ? "" : " \"" + goroutine.name() + '"';
        return number == 1 ? shown : shown + " in goroutine " + number + name;
    }
}
