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

/// Has the JDK's flight recorder keep what goroutines did lately. Loaded only if the JVM has one.
final class Recorder {

    private static final String NAME = "gofer";

    private static final List<String> EVENTS =
            List.of(
                    "gofer.GoroutineStart",
                    "gofer.GoroutineEnd",
                    "gofer.GoroutineBlock",
                    "gofer.GoroutineUnblock",
                    "gofer.Select",
                    "gofer.Timer");

    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final long MOST = 100L << 20; // bytes on disk

    private Recorder() {}

    /// Begins to record, unless it does already: until the process ends, or [#stop].
    static String start() throws IOException {
        if (recording().isPresent()) {
            return "it is being recorded already\n";
        }
        Recording recording = new Recording(settings());
        EVENTS.forEach(event -> recording.enable(event).withThreshold(Duration.ZERO));
        recording.setName(NAME);
        recording.setToDisk(true);
        recording.setMaxAge(KEPT);
        recording.setMaxSize(MOST);
        recording.start();
        return "the last minute is kept from now on, or 100 MB of it\n";
    }

    /// What the JDK itself records by default: collections, pinned threads, samples of what runs.
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
        return recording.isPresent() ? "it is not recorded any more\n" : "it was not being recorded\n";
    }

    /// What has been recorded, as a file of the flight recorder's; by whichever recordings there are.
    static byte[] dump() throws IOException {
        if (FlightRecorder.getFlightRecorder().getRecordings().isEmpty()) {
            throw new IllegalStateException("nothing is being recorded; begin with: gofer trace PID --on");
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
