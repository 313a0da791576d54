package gofer.race.edges.child;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Small programs of two threads. In each, the second thread gets something from the first, or only seems to.
final class Trials {

    /// A part of a program.
    interface Action {
        void run() throws Exception;
    }

    /// What the threads do. What the first has done before its action shall happen before what the second does after its own.
    record Pair(Action first, Action second) {}

    private final Map<String, Supplier<Pair>> programs = new LinkedHashMap<>();

    static Pair pair(Action first, Action second) {
        return new Pair(first, second);
    }

    /// Waits for `condition` without an edge of its own.
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.yield();
        }
    }

    void add(String name, Supplier<Pair> program) {
        programs.put(name, program);
    }

    Map<String, Supplier<Pair>> programs() {
        return programs;
    }
}
