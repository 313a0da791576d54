package gofer.cli;

import gofer.diagnostics.Doctor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// A look at another process: what to ask it, and where to put the answer.
///
/// @param target the process; null for this one
/// @param question what its Gofer is asked
/// @param file for the answer; null for the standard output
/// @param last how much of a recording is wanted; null if the answer is none
record Inspection(@Nullable Target target, List<String> question, @Nullable Path file, @Nullable Duration last) {
    private static final Set<String> PROFILES = Set.of("block", "mutex", "goroutine", "leak");

    private Inspection(@Nullable Target target, List<String> question, @Nullable Path file) {
        this(target, question, file, null);
    }

    /// What a command line asks for.
    static Inspection of(String[] args) {
        var words = new ArrayList<>(List.of(args));
        String command = words.removeFirst();
        if (command.equals("profile")) return profile(words);
        if (command.equals("trace")) return trace(words);
        if (command.equals("doctor") && words.isEmpty()) return new Inspection(null, List.of(command), null);
        if (command.equals("dump") && words.remove("--json")) command = "dump --json";
        return new Inspection(target(words), List.of(command), null);
    }

    private static Inspection profile(List<String> words) {
        String time = option(words, "--for", "10s");
        String file = option(words, "-o", "");
        String kind = words.isEmpty() ? "" : words.removeFirst();
        if (!PROFILES.contains(kind)) {
            throw new UsageException("which profile? gofer profile block|mutex|goroutine|leak PID, not '" + kind + "'");
        }
        String format = file.isEmpty() ? "text" : "pprof";
        return new Inspection(
                target(words),
                List.of("profile", kind, duration(time).toString(), format),
                file.isEmpty() ? null : Path.of(file));
    }

    private static Inspection trace(List<String> words) {
        if (words.remove("--on")) return new Inspection(target(words), List.of("trace", "on"), null);
        if (words.remove("--off")) return new Inspection(target(words), List.of("trace", "off"), null);
        Duration last = duration(option(words, "--last", "1m"));
        String file = option(words, "-o", "");
        if (file.isEmpty())
            throw new UsageException("where to? gofer trace PID [--last 10s] -o FILE.jfr, or --on, or --off");
        return new Inspection(target(words), List.of("trace", "dump"), Path.of(file), last);
    }

    /// Takes an option and its value out of `words`.
    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        if (at < 0) return otherwise;
        words.remove(at);
        if (at == words.size()) throw new UsageException(name + " needs a value");
        return words.remove(at);
    }

    /// As Go writes them, in one unit: `500ms`, `10s`, `2m`.
    private static Duration duration(String text) {
        try {
            if (text.matches("\\d+ms")) return Duration.ofMillis(Long.parseLong(text.replace("ms", "")));
            if (text.matches("\\d+[smhSMH]")) return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException | NumberFormatException tooLong) {
            // said below
        }
        throw new UsageException("a time is a number and a unit, such as 500ms, 10s or 2m; not '" + text + "'");
    }

    private static Target target(List<String> words) {
        if (words.size() == 1 && words.getFirst().matches("\\d{1,18}")) return new Target(words.getFirst());
        throw new UsageException("which process? Give its PID, one of:\n" + Target.candidates());
    }

    /// Asks, waits for the answer, and writes it.
    void run() {
        byte[] answer =
                target == null
                        ? Doctor.examine().getBytes(StandardCharsets.UTF_8)
                        : target.ask(question.toArray(String[]::new));
        if (file == null) {
            System.out.writeBytes(answer);
            System.out.flush();
            return;
        }
        try {
            if (last == null) Files.write(file, answer);
            else writeEnd(answer, last, file);
        } catch (IOException failed) {
            throw new UsageException("cannot write " + file + ": " + failed.getMessage());
        }
    }

    /// Writes what happened last in a recording: the flight recorder hands out whole chunks.
    private static void writeEnd(byte[] recording, Duration last, Path file) throws IOException {
        Path whole = Files.createTempFile("gofer", ".jfr"); // for its owner only
        try {
            Files.write(whole, recording);
            Instant start = Instant.now().minus(last);
            try (var events = new RecordingFile(whole)) {
                events.write(file, event -> !event.getEndTime().isBefore(start));
            }
        } finally {
            Files.delete(whole);
        }
    }
}
