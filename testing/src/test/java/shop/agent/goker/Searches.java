package shop.agent.goker;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.chan.Closed;
import gofer.chan.RecvChan;
import gofer.goroutine.Body;
import gofer.testing.Exploration;
import gofer.testing.Explore;
import gofer.testing.Fault;

/// The searches of the twins of GoKer's bugs.
final class Searches {

    private static final int SCHEDULES = 1000;

    private Searches() {}

    /// Asserts that the search finds a data race in `body`.
    static void found(Body body) {
        Exploration result = search(body);
        assertThat(result.faults())
                .as("%s", result.summary())
                .extracting(Fault::message)
                .singleElement()
                .asString()
                .startsWith("data race on ");
    }

    /// Asserts that the search finds a schedule of `body` in which a goroutine throws `type`, with `message`.
    static void found(Class<? extends Throwable> type, String message, Body body) {
        Exploration result = search(body);
        assertThat(result.faults()).as("%s", result.summary()).hasSize(1);
        assertThat(result.faults().getFirst().thrown())
                .as("%s", result.summary())
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }

    /// Asserts that the search finds no fault in `body`, and that it left out no races.
    static void silent(Body body) {
        Exploration result = search(body);
        assertThat(result.faults()).as("%s", result.summary()).extracting(Fault::text).isEmpty();
        assertThat(result.notes()).noneMatch(note -> note.startsWith("races "));
    }

    /// Asserts the same for all schedules of `body`.
    static void silentInAll(Body body) {
        Exploration result = Explore.exhaustively().search(body);
        assertThat(result.faults()).as("%s", result.summary()).extracting(Fault::text).isEmpty();
        assertThat(result.isComplete()).as("%s", result.summary()).isTrue();
    }

    private static Exploration search(Body body) {
        return Explore.schedules(SCHEDULES).search(body);
    }

    /// Whether `stop` is closed, without a wait.
    static boolean closed(RecvChan<?> stop) {
        return stop.tryRecv() instanceof Closed<?>;
    }
}
