package shop.agent.race;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Chan;
import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;
import gofer.testing.agent.RaceDetector;

/// What the twins of Go's race tests share: the two assertions, and goroutines without an edge between them.
///
/// If the JVM runs with the race detector, the bodies run in parallel. Otherwise they run in explorations.
final class Races {

    private static final String REPORT = "data race on ";
    private static final int SCHEDULES = 50;

    private Races() {}

    /// Asserts that the first schedule of `body`, or each parallel run, reports a data race.
    static void race(Body body) {
        if (RaceDetector.isRunning()) {
            var _ = ParallelRun.of(body); // loads and initializes classes, which can order the goroutines
            for (int i = 0; i < ParallelRun.COUNT; i++) {
                assertThat(ParallelRun.of(body)).as("reports of run %s", i).isNotEmpty();
            }
            return;
        }
        Exploration result = search(1, body);
        assertThat(result.faults())
                .as("%s", result.summary())
                .extracting(Fault::message)
                .anyMatch(message -> message.startsWith(REPORT));
    }

    /// Asserts that no schedule of `body` has a data race or another fault, and that no race was left out.
    static void noRace(Body body) {
        if (RaceDetector.isRunning()) {
            for (int i = 0; i < ParallelRun.COUNT; i++) {
                assertThat(ParallelRun.of(body)).as("reports of run %s", i).isEmpty();
            }
            return;
        }
        Exploration result = search(SCHEDULES, body);
        assertThat(result.faults()).as("%s", result.summary()).extracting(Fault::text).isEmpty();
        assertThat(result.notes()).noneMatch(note -> note.startsWith("races "));
    }

    private static Exploration search(int schedules, Body body) {
        return Explore.schedules(schedules).search(body);
    }

    /// Runs `other` in a goroutine, and `here` in this one. Returns when both have ended. The only edges are the start of the
    /// goroutine and its end.
    static void together(Body other, Body here) throws Throwable {
        var done = Chan.<Boolean>make(1);
        start(done, other);
        here.run();
        done.recv();
    }

    /// Runs each body in a goroutine, and waits for all.
    static void goroutines(Body... bodies) {
        var done = Chan.<Boolean>make(bodies.length);
        for (Body body : bodies) start(done, body);
        for (int i = 0; i < bodies.length; i++) done.recv();
    }

    private static void start(Chan<Boolean> done, Body body) {
        go(() -> {
            try {
                body.run();
            } finally {
                done.send(true);
            }
        });
    }

    /// Takes a value that was read.
    static void use(int value) {
        assert value != Integer.MIN_VALUE;
    }

    /// Takes a value that was read.
    static void use(Object value) {
        assert value != null;
    }
}
