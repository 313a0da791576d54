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
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.runtime.lock.Internals;
import gofer.sync.Mutex;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the events of goroutines in recordings of the JDK's flight recorder.
class TraceTest {

    private static final List<String> EVENTS =
            Stream.of("GoroutineStart", "GoroutineEnd", "GoroutineBlock", "GoroutineUnblock", "Select", "Timer")
                    .map("gofer."::concat)
                    .toList();

    @TempDir private static Path folder;

    private static Recording record() {
        Recording recording = new Recording();
        EVENTS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO));
        recording.start();
        Eventually.that("the recording is noticed", Internals::isTraced);
        return recording;
    }

    private static List<RecordedEvent> stop(Recording recording) throws IOException {
        Path file = folder.resolve("events.jfr");
        recording.stop();
        recording.dump(file);
        recording.close();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        return events.stream().filter(event -> EVENTS.contains(event.getEventType().getName())).toList();
    }

    private static List<RecordedEvent> of(Goroutine goroutine, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.hasField("goroutine") && event.getLong("goroutine") == goroutine.id())
                .toList();
    }

    private static List<String> names(List<RecordedEvent> events) {
        return events.stream().map(event -> event.getEventType().getName().replace("gofer.", "")).toList();
    }

    private static RecordedEvent the(String name, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("gofer." + name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Pins({"TR-02", "TR-03"})
    void lifeOfAGoroutineIsRecorded() throws IOException {
        Chan<Integer> first = Chan.make();
        Chan<Integer> second = Chan.make();
        Recording recording = record();
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
        List<RecordedEvent> events = of(traced, stop(recording));

        assertThat(names(events))
                .containsExactlyInAnyOrder(
                        "GoroutineStart",
                        "GoroutineBlock",
                        "GoroutineUnblock",
                        "GoroutineBlock",
                        "GoroutineUnblock",
                        "Select",
                        "GoroutineEnd");
        assertThat(events).allMatch(event -> event.getString("name").equals("traced"));
        assertThat(the("GoroutineStart", events).getString("createdAt")).isEqualTo(traced.createdAt());
        assertThat(the("GoroutineStart", events).getLong("creator")).isZero();
        assertThat(the("Select", events).getInt("arm")).isOne();
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
    void endOfAWaitIsRecorded() throws IOException {
        Recording recording = record();
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
        List<RecordedEvent> events = stop(recording);

        RecordedEvent lock = the("GoroutineBlock", of(interrupted, events));
        assertThat(lock.getString("reason")).isEqualTo("sync.Mutex.Lock");
        assertThat(lock.getString("outcome")).isEqualTo("called off");
        RecordedEvent sleep = the("GoroutineBlock", of(sleeper, events));
        assertThat(sleep.getString("outcome")).isEqualTo("timed out");
        assertThat(sleep.getDuration()).isPositive();
        assertThat(names(of(sleeper, events))).doesNotContain("GoroutineUnblock");
    }

    @Test
    @Pins("TR-02")
    void timerFunctionIsRecorded() throws IOException {
        Recording recording = record();
        Chan<Boolean> ran = Chan.make();
        afterFunc(Duration.ofMillis(1), () -> ran.send(true));
        ran.recv();
        assertThat(the("Timer", stop(recording)).getString("setAt"))
                .startsWith(TraceTest.class.getName() + ".timerFunctionIsRecorded(");
    }

    /// An event that a program defines to mark a task, a part of a task in a goroutine, or a moment.
    @Name("test.Work")
    @SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
    private static final class Work extends Event {
        int task;
        String what = "";
    }

    private static Work work(int task, String what) {
        var work = new Work();
        work.task = task;
        work.what = what;
        return work;
    }

    /// `TestTraceAnnotations`: Go's tasks, regions and log lines correspond to events of the program, in the same recording.
    @Test
    @Pins("TR-04")
    void eventsOfTheProgramAreInTheSameRecording() throws IOException {
        Path file = folder.resolve("annotated.jfr");
        Recording recording = record();
        recording.enable(Work.class).withThreshold(Duration.ZERO);
        Work task = work(7, "task");
        task.begin();
        Goroutine inner =
                go(
                        "inner",
                        () -> {
                            Work region = work(7, "region");
                            region.begin();
                            sleep(Duration.ofMillis(1));
                            work(7, "log").commit();
                            region.commit();
                        });
        Eventually.ended(inner);
        Goroutine last = go("last", task::commit);
        Eventually.ended(last);
        recording.stop();
        recording.dump(file);
        recording.close();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        RecordedEvent wait = the("GoroutineBlock", of(inner, events));
        List<RecordedEvent> work =
                events.stream().filter(event -> event.getEventType().getName().equals("test.Work")).toList();

        assertThat(work).allMatch(event -> event.getInt("task") == 7);
        assertThat(work.stream().map(event -> event.getString("what") + " " + event.getThread().getJavaName()))
                .containsExactlyInAnyOrder("log inner", "region inner", "task last");
        assertThat(span(work, "region").getDuration()).isGreaterThanOrEqualTo(wait.getDuration());
        assertThat(span(work, "task").getDuration()).isGreaterThanOrEqualTo(span(work, "region").getDuration());
    }

    private static RecordedEvent span(List<RecordedEvent> work, String what) {
        return work.stream().filter(event -> event.getString("what").equals(what)).findFirst().orElseThrow();
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
        Goroutine sleeper = go(() -> sleep(Duration.ofMillis(1)));
        Eventually.ended(sleeper);
        Path file = Files.write(folder.resolve("kept.jfr"), ask("dump"));
        assertThat(names(of(sleeper, RecordingFile.readAllEvents(file))))
                .containsExactlyInAnyOrder("GoroutineStart", "GoroutineBlock", "GoroutineEnd");
        assertThat(new String(ask("off"), UTF_8)).isEqualTo("recording stopped\n");
        assertThat(new String(ask("off"), UTF_8)).isEqualTo("it was not recording\n");
        assertThatThrownBy(() -> ask("dump")).cause().hasMessageStartingWith("nothing is being recorded");
    }

    @Test
    @Pins("TR-05")
    void noCostWithoutARecording() throws IOException {
        stop(record());
        Eventually.that("the end of the recording is noticed", () -> !Internals.isTraced());
    }
}
