package gofer.testing;

import gofer.runtime.goroutine.G;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The numbers by which reports call those of a run: the same in each run of a schedule, unlike their ids.
final class GoroutineNumbers {

    /// A longer description of an exception is cut in the line that tells of it; the stack has all of it.
    private static final int LONGEST = 300;

    private final Map<Long, Integer> ofGoroutines = new HashMap<>(); // by their ids

    void clear() {
        ofGoroutines.clear();
    }

    void add(G goroutine, int number) {
        ofGoroutines.put(goroutine.id(), number);
    }

    Map<Long, Integer> ofGoroutines() {
        return ofGoroutines;
    }

    /// The numbers of those of `tasks` that are no goroutines, by the ids of their threads.
    static Map<Long, Integer> ofOthers(List<Task> tasks) {
        Map<Long, Integer> numbers = new HashMap<>();
        for (Task task : tasks) {
            if (task.thread != null) {
                numbers.put(task.thread.threadId(), task.number);
            }
        }
        return numbers;
    }

    /// The threads of `tasks`, as far as they are known.
    static Stream<Thread> threads(List<Task> tasks) {
        return tasks.stream()
                .flatMap(task ->
                        task.goroutine != null ? Stream.of(task.goroutine.thread()) : Stream.ofNullable(task.thread));
    }

    /// That `thrown` has left `goroutine`, in a line.
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
