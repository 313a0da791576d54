package gofer.race.runtime;

import java.util.ArrayList;
import java.util.List;

/// Code that calls hooks on real threads, as instrumented code does.
final class Hooked {

    private Hooked() {}

    /// Runs each body on a thread of its own, one after the other. The detector sees no order between them.
    static void oneAfterTheOther(Runnable... bodies) {
        for (Runnable body : bodies) {
            join(Thread.ofPlatform().start(body));
        }
    }

    /// Returns the names of the variables of the races so far.
    static List<String> variables() {
        var variables = new ArrayList<String>();
        for (Report report : Reports.since(0)) {
            variables.add(report.variable());
        }
        return variables;
    }

    /// Waits without an edge that the detector sees.
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static int site(int line) {
        return Sites.add("Till", "pay", "Till.java", line);
    }
}
