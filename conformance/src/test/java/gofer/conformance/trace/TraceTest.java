package gofer.conformance.trace;

import static gofer.Go.afterFunc;
import static gofer.Go.go;
import static gofer.Go.select;
import static gofer.Go.sleep;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gofer.chan.Chan;
import gofer.conformance.Pins;
import gofer.context.Context;
import gofer.fixture.Eventually;
import gofer.fixture.Recordings;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.lock.Internals;
import gofer.sync.Mutex;
import gofer.trace.Trace;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the events of goroutines in recordings of the JDK's flight recorder.
class TraceTest {

    @TempDir private static Path folder;

    @Test
    @Pins({"TR-02", "TR-03"})
    void lifeOfAGoroutineIsRecorded() {
        Chan<Integer> first = Chan.make();
        Chan<Integer> second = Chan.make();
        Recording recording = Recordings.start();
        Goroutine traced =
                go(
                        "traced",
                        () -> {
                            first.recv();
                            var _ = select(first, second);
                        });
        Eventually.blocked(traced, WaitReason.CHAN_RECEIVE);
        Goroutine sender = go("sender", () -> first.send(1));
        Eventually.blocked(traced, WaitReason.SELECT);
        second.send(2);
        Eventually.ended(traced);
        Eventually.ended(sender);
        List<RecordedEvent> events = Recordings.of(traced, Recordings.stop(recording));

        assertThat(Recordings.names(events))
                .containsExactlyInAnyOrder(
                        "GoroutineStart",
                        "GoroutineRun",
                        "GoroutineBlock",
                        "GoroutineUnblock",
                        "GoroutineBlock",
                        "GoroutineUnblock",
                        "Select",
                        "GoroutineEnd");
        assertThat(events).allMatch(event -> event.getString("name").equals("traced"));
        assertThat(Recordings.the("GoroutineStart", events).getString("createdAt")).isEqualTo(traced.createdAt());
        assertThat(Recordings.the("GoroutineStart", events).getLong("creator")).isZero();
        assertThat(Recordings.the("Select", events).getInt("arm")).isOne();
        assertThat(
                        events.stream()
                                .filter(event -> event.hasField("reason"))
                                .map(event -> event.getString("reason") + ", " + event.getString("outcome")))
                .containsExactlyInAnyOrder("chan receive, completed", "select, completed");
        assertThat(events.stream().filter(event -> event.hasField("object")).map(event -> event.getString("object")))
                .anyMatch(object -> object.matches("chan \\d+"))
                .anyMatch(object -> object.matches("select receive from chan \\d+ .*, receive from chan \\d+ .*"));
        assertThat(events.stream().filter(event -> event.hasField("by")).map(event -> event.getLong("by")))
                .containsExactlyInAnyOrder(sender.id(), 0L);
    }

    @Test
    @Pins("TR-03")
    @SuppressWarnings({"AssertInGoroutine", "LockLeak"})
    void endOfAWaitIsRecorded() {
        Recording recording = Recordings.start();
        Mutex mutex = new Mutex();
        mutex.lock();
        Goroutine interrupted =
                go(() -> {
                    try {
                        mutex.lock();
                    } catch (RuntimeException calledOff) {
                        assertThat(Thread.interrupted()).isTrue();
                    }
                });
        Eventually.blocked(interrupted, WaitReason.MUTEX_LOCK);
        interrupted.thread().interrupt();
        Eventually.ended(interrupted);
        Goroutine sleeper = go(() -> sleep(Duration.ofMillis(1)));
        Eventually.ended(sleeper);
        List<RecordedEvent> events = Recordings.stop(recording);

        RecordedEvent lock = Recordings.the("GoroutineBlock", Recordings.of(interrupted, events));
        assertThat(lock.getString("reason")).isEqualTo("sync.Mutex.Lock");
        assertThat(lock.getString("outcome")).isEqualTo("called off");
        RecordedEvent sleep = Recordings.the("GoroutineBlock", Recordings.of(sleeper, events));
        assertThat(sleep.getString("outcome")).isEqualTo("timed out");
        assertThat(sleep.getDuration()).isPositive();
        assertThat(Recordings.names(Recordings.of(sleeper, events))).doesNotContain("GoroutineUnblock");
    }

    @Test
    @Pins("TR-02")
    void timerFunctionIsRecorded() {
        Recording recording = Recordings.start();
        Chan<Boolean> ran = Chan.make();
        afterFunc(Duration.ofMillis(1), () -> ran.send(true));
        ran.recv();
        assertThat(Recordings.the("Timer", Recordings.stop(recording)).getString("setAt"))
                .startsWith(TraceTest.class.getName() + ".timerFunctionIsRecorded(");
    }

    /// `TestTraceAnnotations`: tasks, regions and messages are in the recording, with the waits of their goroutines.
    @Test
    @Pins("TR-04")
    void annotationsOfTheProgramAreRecorded() {
        Recording recording = Recordings.start();
        Goroutine inner;
        try (var task = Trace.task(Context.background(), "request")) {
            Context ctx = task.context();
            inner =
                    go(
                            "inner",
                            () ->
                                    Trace.region(
                                            ctx,
                                            "query",
                                            () -> {
                                                sleep(Duration.ofMillis(1));
                                                Trace.log(ctx, "size", "17");
                                            }));
            Eventually.ended(inner);
        }
        List<RecordedEvent> events = Recordings.stop(recording);
        RecordedEvent wait = Recordings.the("GoroutineBlock", Recordings.of(inner, events));
        RecordedEvent task = Recordings.the("Task", events);
        RecordedEvent region = Recordings.the("Region", Recordings.of(inner, events));
        RecordedEvent log = Recordings.the("Log", Recordings.of(inner, events));

        assertThat(List.of(region, log)).allMatch(event -> event.getLong("task") == task.getLong("task"));
        assertThat(region.getDuration()).isGreaterThanOrEqualTo(wait.getDuration());
        assertThat(task.getDuration()).isGreaterThanOrEqualTo(region.getDuration());
    }

    /// Calls the same method as `gofer trace`.
    private static byte[] ask(String request) throws ReflectiveOperationException {
        Class<?> inspector = Class.forName("gofer.diagnostics.Inspector");
        Method answer = inspector.getDeclaredMethod("answer", Path.class, String.class);
        answer.setAccessible(true);
        return (byte[]) answer.invoke(null, folder, "trace\n" + request);
    }

    /// `TestTraceDoubleStart`, and the tests of Go's flight recorder.
    @Test
    @Pins({"TR-01", "TR-05"})
    void lastMinuteIsKeptOnRequest() throws Exception {
        assertThat(new String(ask("on"), UTF_8)).startsWith("recording: the last minute is kept");
        assertThat(new String(ask("on"), UTF_8)).isEqualTo("already recording\n");
        Eventually.that("the recording is noticed", Internals::isTraced);
        Goroutine sleeper = go(() -> Trace.region("sleep", () -> sleep(Duration.ofMillis(1))));
        Eventually.ended(sleeper);
        Path file = Files.write(folder.resolve("kept.jfr"), ask("dump"));
        List<RecordedEvent> kept = Recordings.of(sleeper, RecordingFile.readAllEvents(file));
        assertThat(Recordings.names(kept))
                .containsExactlyInAnyOrder(
                        "GoroutineStart", "GoroutineRun", "GoroutineBlock", "Region", "GoroutineEnd");
        assertThat(Recordings.the("GoroutineBlock", kept).getStackTrace()).isNull();
        assertThat(Recordings.the("GoroutineBlock", kept).getString("frame")).startsWith(TraceTest.class.getName());
        assertThat(FlightRecorder.getFlightRecorder().getRecordings())
                .anySatisfy(recording ->
                        assertThat(recording.getSettings())
                                .containsEntry("gofer.Channel#enabled", "true")
                                .containsEntry("gofer.Task#enabled", "true")
                                .containsEntry("gofer.Log#enabled", "true"));
        assertThat(new String(ask("off"), UTF_8)).isEqualTo("recording stopped\n");
        assertThat(new String(ask("off"), UTF_8)).isEqualTo("it was not recording\n");
        assertThatThrownBy(() -> ask("dump")).cause().hasMessageStartingWith("nothing is being recorded");
    }

    @Test
    @Pins("TR-05")
    void noCostWithoutARecording() {
        Recordings.stop(Recordings.start());
        Eventually.that("the end of the recording is noticed", () -> !Internals.isTraced());
    }
}
