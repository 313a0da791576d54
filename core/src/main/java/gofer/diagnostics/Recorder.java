package gofer.diagnostics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Configuration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/// A recording of recent goroutine events by the JDK's flight recorder. Loaded only if the JVM has one.
final class Recorder {

    private static final String NAME = "gofer";

    private static final List<String> EVENTS =
            List.of(
                    "gofer.GoroutineStart",
                    "gofer.GoroutineRun",
                    "gofer.GoroutineEnd",
                    "gofer.GoroutineBlock",
                    "gofer.GoroutineUnblock",
                    "gofer.Select",
                    "gofer.Timer",
                    "gofer.Task",
                    "gofer.Region",
                    "gofer.Log");

    private static final String CHANNELS = "gofer.Channel";

    private static final Duration PERIOD = Duration.ofMillis(100);

    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final long MOST = 100L << 20; // bytes on disk

    private Recorder() {}

    /// Starts recording until [#stop] or the end of the process, if it is not recording yet. Returns a message.
    static String start() throws IOException {
        if (recording().isPresent()) {
            return "already recording\n";
        }
        Recording recording = new Recording(settings());
        try {
            EVENTS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO).withoutStackTrace());
            recording.enable(CHANNELS).withPeriod(PERIOD);
            recording.setName(NAME);
            recording.setToDisk(true);
            recording.setMaxAge(KEPT);
            recording.setMaxSize(MOST);
            recording.start();
        } catch (Throwable failed) { // otherwise the next call finds it, although it does not record
            recording.close();
            throw failed;
        }
        return "recording: the last minute is kept, up to 100 MB\n";
    }

    /// Returns the JDK's default settings: garbage collections, pinned threads, samples of running code.
    private static Configuration settings() throws IOException {
        try {
            return Configuration.getConfiguration("default");
        } catch (ParseException broken) {
            throw new IOException(broken);
        }
    }

    static String stop() {
        Optional<Recording> recording = recording();
        recording.ifPresent(Recording::close);
        return recording.isPresent() ? "recording stopped\n" : "it was not recording\n";
    }

    /// Returns the recorded events as a flight recorder file. It includes the events of all recordings in the JVM.
    static byte[] dump() throws IOException {
        if (FlightRecorder.getFlightRecorder().getRecordings().isEmpty()) {
            throw new IllegalStateException("nothing is being recorded; start with: gofer trace PID --on");
        }
        Path file = Files.createTempFile("gofer", ".jfr");
        try (Recording all = FlightRecorder.getFlightRecorder().takeSnapshot()) {
            all.dump(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static Optional<Recording> recording() {
        return FlightRecorder.getFlightRecorder().getRecordings().stream()
                .filter(recording -> recording.getName().equals(NAME))
                .findFirst();
    }
}
