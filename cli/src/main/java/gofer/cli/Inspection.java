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
    private static final Duration LONGEST = Duration.ofDays(1); // more is a slip of the finger

    private Inspection(@Nullable Target target, List<String> question, @Nullable Path file) {
        this(target, question, file, null);
    }

    /// What a command line asks for.
    static Inspection of(String[] args) {
        var words = new ArrayList<>(List.of(args));
        String command = words.removeFirst();
        return switch (command) {
            case "profile" -> profile(words);
            case "trace" -> trace(words);
            case "doctor" -> new Inspection(words.isEmpty() ? null : target(command, words), List.of(command), null);
            case "dump" -> {
                String question = words.remove("--json") ? "dump --json" : command;
                yield new Inspection(target(command, words), List.of(question), null);
            }
            default -> new Inspection(target(command, words), List.of(command), null);
        };
    }

    private static Inspection profile(List<String> words) {
        Duration time = duration("--for", option(words, "--for", "10s"));
        Path file = file(option(words, "-o", ""));
        String kind = words.isEmpty() ? "" : words.removeFirst();
        if (!PROFILES.contains(kind)) {
            throw new UsageException(
                    "which profile? gofer profile block|mutex|goroutine|leak PID"
                            + (kind.isEmpty() ? "" : ", not '" + kind + "'"));
        }
        String format = file == null ? "text" : "pprof";
        return new Inspection(target("profile", words), List.of("profile", kind, time.toString(), format), file);
    }

    private static Inspection trace(List<String> words) {
        if (words.remove("--on")) return new Inspection(target("trace", words), List.of("trace", "on"), null);
        if (words.remove("--off")) return new Inspection(target("trace", words), List.of("trace", "off"), null);
        Duration last = duration("--last", option(words, "--last", "1m"));
        Path file = file(option(words, "-o", ""));
        Target target = target("trace", words);
        if (file == null)
            throw new UsageException("where to? gofer trace PID [--last 10s] -o FILE.jfr, or --on, or --off");
        return new Inspection(target, List.of("trace", "dump"), file, last);
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
    private static Duration duration(String option, String text) {
        try {
            Duration time =
                    text.matches("\\d+ms")
                            ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
                            : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (text.matches("\\d+(ms|[smhSMH])") && time.isPositive() && time.compareTo(LONGEST) <= 0) return time;
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException none) {
            // said below
        }
        throw new UsageException(
                option + " needs a time of at most a day, such as 500ms, 10s or 2m; not '" + text + "'");
    }

    /// A file that can be written, which is found out before a process is asked; null if none is named.
    private static @Nullable Path file(String name) {
        if (name.isEmpty()) return null;
        Path file = Path.of(name);
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) throw unwritable(file, "it is a folder");
        if (folder == null || !Files.isDirectory(folder)) throw unwritable(file, "there is no folder " + folder);
        if (!Files.isWritable(Files.exists(file) ? file : folder)) throw unwritable(file, "that is not permitted");
        return file;
    }

    private static UsageException unwritable(Path file, String why) {
        return new UsageException("cannot write " + file + ": " + why);
    }

    private static Target target(String command, List<String> words) {
        for (String word : words) {
            if (word.startsWith("-"))
                throw new UsageException(command + " has no option " + word + "; see gofer --help");
        }
        if (words.isEmpty()) throw new UsageException("which process? Give its PID, one of:\n" + Target.candidates());
        if (words.size() > 1) throw new UsageException("one process at a time, not '" + String.join(" ", words) + "'");
        String pid = words.getFirst();
        if (pid.matches("\\d{1,18}")) return new Target(pid);
        throw new UsageException("'" + pid + "' is no PID; give that of a process, one of:\n" + Target.candidates());
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
            throw unwritable(file, String.valueOf(failed.getMessage()));
        }
    }

    /// Writes what happened last in a recording: the flight recorder hands out whole chunks.
    private static void writeEnd(byte[] recording, Duration last, Path file) throws IOException {
        Path whole = Files.createTempFile("gofer", ".jfr"); // for its owner only
        try {
            Files.write(whole, recording);
            Files.write(file, new byte[0]); // the JDK would leave the end of a longer file that is there
            Instant start = Instant.now().minus(last);
            try (var events = new RecordingFile(whole)) {
                events.write(file, event -> !event.getEndTime().isBefore(start));
            }
        } finally {
            Files.delete(whole);
        }
    }
}
