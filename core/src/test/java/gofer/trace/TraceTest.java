package gofer.trace;

import static gofer.Go.go;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.fixture.Recordings;
import gofer.goroutine.Goroutine;
import gofer.runtime.lock.Internals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/// Tests [Trace].
class TraceTest {

    private static RecordedEvent ofKind(String name, String kind, List<RecordedEvent> events) {
        return Recordings.all(name, events)
                .filter(event -> event.getString("kind").equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void regionsAndMessagesBelongToTheTaskOfTheirContext() {
        Recording recording = Recordings.start();
        Goroutine worker;
        try (var outer = Trace.task(Context.background(), "request")) {
            try (var inner = Trace.task(outer.context().withValue("key", "value"), "query")) {
                worker =
                        go(() ->
                                Trace.region(inner.context(), "parse", () -> Trace.log(inner.context(), "size", "17")));
                Eventually.ended(worker);
            }
            Trace.region(outer.context(), "answer", () -> {});
        }
        Trace.region("idle", () -> {});
        Trace.log(Context.background(), "size", "0");
        List<RecordedEvent> events = Recordings.stop(recording);

        RecordedEvent request = ofKind("Task", "request", events);
        RecordedEvent query = ofKind("Task", "query", events);
        RecordedEvent parse = ofKind("Region", "parse", events);
        assertThat(request.getLong("task")).isPositive().isNotEqualTo(query.getLong("task"));
        assertThat(request.getLong("parent")).isZero();
        assertThat(query.getLong("parent")).isEqualTo(request.getLong("task"));
        assertThat(parse.getLong("task")).isEqualTo(query.getLong("task"));
        assertThat(parse.getLong("goroutine")).isEqualTo(worker.id());
        assertThat(ofKind("Region", "answer", events).getLong("task")).isEqualTo(request.getLong("task"));
        assertThat(ofKind("Region", "idle", events).getLong("task")).isZero();
        assertThat(Recordings.all("Log", events).map(TraceTest::text))
                .containsExactlyInAnyOrder(worker.id() + " " + query.getLong("task") + " size 17", "0 0 size 0");
        assertThat(parse.getStartTime()).isAfterOrEqualTo(query.getStartTime());
        assertThat(query.getStartTime()).isAfterOrEqualTo(request.getStartTime());
        assertThat(query.getEndTime()).isAfterOrEqualTo(parse.getEndTime()).isBeforeOrEqualTo(request.getEndTime());
    }

    private static String text(RecordedEvent log) {
        return log.getLong("goroutine")
                + " "
                + log.getLong("task")
                + " "
                + log.getString("category")
                + " "
                + log.getString("message");
    }

    /// The events of this thread have the goroutine 0, although another goroutine ends the task.
    @Test
    void taskEndsOnceInAnyGoroutine() {
        Recording recording = Recordings.start();
        Trace.Task task = Trace.task(Context.background(), "handed over");
        Eventually.ended(go(task::close));
        task.close();
        List<RecordedEvent> events = Recordings.stop(recording);
        assertThat(Recordings.all("Task", events)).hasSize(1);
        assertThat(ofKind("Task", "handed over", events).getLong("goroutine")).isZero();
    }

    @Test
    void regionEndsWithItsBody() throws IOException {
        Recording recording = Recordings.start();
        assertThatThrownBy(TraceTest::regionThatFails).isInstanceOf(IOException.class).hasMessage("no such file");
        Optional<String> result = Trace.region("answering", () -> Optional.of("42"));
        String text = Trace.region(Context.background(), "reading", TraceTest::read);
        List<RecordedEvent> events = Recordings.stop(recording);
        assertThat(result).contains("42");
        assertThat(text).isEqualTo("text");
        assertThat(Recordings.all("Region", events).map(event -> event.getString("kind")))
                .containsExactlyInAnyOrder("failing", "answering", "reading");
    }

    private static void regionThatFails() throws IOException {
        Trace.region(
                "failing",
                () -> {
                    throw new IOException("no such file");
                });
    }

    private static String read() throws IOException {
        if (Trace.isEnabled()) {
            return "text";
        }
        throw new IOException("not enabled");
    }

    @Test
    void nothingIsRecordedWithoutARecording() {
        Recordings.stop(Recordings.start());
        Eventually.that("the end of the recording is noticed", () -> !Internals.isTraced());
        assertThat(Trace.isEnabled()).isFalse();
        int[] runs = new int[1];
        Trace.Task task = Trace.task(Context.background(), "too early");
        Trace.log(task.context(), "size", "17");
        Trace.region(task.context(), "too early", () -> runs[0]++);
        Recording recording = Recordings.start();
        task.close();
        Trace.region(task.context(), "in time", () -> runs[0]++);
        List<RecordedEvent> events = Recordings.stop(recording);
        assertThat(Recordings.names(events)).contains("Region").doesNotContain("Task", "Log");
        assertThat(ofKind("Region", "in time", events).getLong("task")).isPositive();
        assertThat(runs[0]).isEqualTo(2);
    }

    @Test
    void contextOfATaskShowsIt() {
        try (var task = Trace.task(Context.background(), "shown")) {
            assertThat(task.context().toString()).matches("context\\.Background\\.WithValue\\(task, \\d+\\)");
        }
    }
}
