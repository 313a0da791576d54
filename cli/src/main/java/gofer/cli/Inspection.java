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
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// A command that inspects another process, and the destination of the answer.
///
/// @param target the process; null for this one
/// @param which the copies of Gofer in it, if there are several: see [Target#query]
/// @param command the question
/// @param file the file for the answer; null for the standard output
/// @param last the length of the part of a recording to write; null if the answer is not a recording
record Inspection(
        @Nullable Target target, String which, List<String> command, @Nullable Path file, @Nullable Duration last) {
    private static final String JSON = "dump --json";
    private static final Set<String> PROFILES = Set.of("block", "mutex", "goroutine", "leak");
    private static final Duration MAX_DURATION = Duration.ofDays(1); // a longer one is most likely a typing error

    /// Parses a command line.
    static Inspection of(String[] args) {
        var words = new ArrayList<>(List.of(args));
        String name = words.removeFirst();
        if (name.equals("trace")) return trace(words);
        String loader = option(words, "--loader", "");
        String which = loader.isEmpty() ? "all" : "one " + loader;
        return switch (name) {
            case "profile" -> profile(words, loader);
            case "doctor" ->
                    new Inspection(words.isEmpty() ? null : target(name, words), which, List.of(name), null, null);
            case "dump" -> {
                String command = words.remove("--json") ? JSON : name;
                yield new Inspection(target(name, words), which, List.of(command), null, null);
            }
            default -> new Inspection(target(name, words), which, List.of(name), null, null);
        };
    }

    private static Inspection profile(List<String> words, String loader) {
        Duration time = duration("--for", option(words, "--for", "10s"));
        Path file = file(option(words, "-o", ""));
        String kind = words.isEmpty() ? "" : words.removeFirst();
        if (!PROFILES.contains(kind)) {
            throw new UsageException(
                    "missing or unknown profile: gofer profile block|mutex|goroutine|leak PID"
                            + (kind.isEmpty() ? "" : ", not '" + kind + "'"));
        }
        List<String> command = List.of("profile", kind, time.toString(), file == null ? "text" : "pprof");
        String which = file == null && loader.isEmpty() ? "all" : "one " + loader;
        return new Inspection(target("profile", words), which, command, file, null);
    }

    /// Parses `trace`. The flight recorder belongs to the JVM, so any copy of Gofer can execute the command.
    private static Inspection trace(List<String> words) {
        for (String to : List.of("on", "off")) {
            if (words.remove("--" + to))
                return new Inspection(target("trace", words), "any", List.of("trace", to), null, null);
        }
        Duration last = duration("--last", option(words, "--last", "1m"));
        Path file = file(option(words, "-o", ""));
        Target target = target("trace", words);
        if (file == null)
            throw new UsageException("missing option: gofer trace PID [--last 10s] -o FILE.jfr, or --on, or --off");
        return new Inspection(target, "any", List.of("trace", "dump"), file, last);
    }

    /// Removes an option and its value from `words`.
    private static String option(List<String> words, String name, String defaultValue) {
        int at = words.indexOf(name);
        if (at < 0) return defaultValue;
        words.remove(at);
        if (at == words.size()) throw new UsageException(name + " needs a value");
        return words.remove(at);
    }

    /// Parses a duration as Go writes it, with one unit: `500ms`, `10s`, `2m`.
    private static Duration duration(String option, String text) {
        try {
            Duration time =
                    text.matches("\\d+ms")
                            ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
                            : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (text.matches("\\d+(ms|[smhSMH])") && time.isPositive() && time.compareTo(MAX_DURATION) <= 0)
                return time;
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException none) {
            // reported below
        }
        throw new UsageException(
                option + " needs a time of at most a day, such as 500ms, 10s or 2m; not '" + text + "'");
    }

    /// Checks that the file is writable, before the process does the work. Returns null if `name` is empty.
    private static @Nullable Path file(String name) {
        if (name.isEmpty()) return null;
        Path file = Path.of(name);
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) throw unwritable(file, "it is a folder");
        if (folder == null || !Files.isDirectory(folder)) throw unwritable(file, "there is no folder " + folder);
        if (!Files.isWritable(Files.exists(file) ? file : folder)) throw unwritable(file, "permission denied");
        return file;
    }

    private static UsageException unwritable(Path file, String why) {
        return new UsageException("cannot write " + file + ": " + why);
    }

    private static Target target(String name, List<String> words) {
        for (String word : words) {
            if (word.startsWith("-")) throw new UsageException(name + " has no option " + word + "; see gofer --help");
        }
        if (words.isEmpty()) throw new UsageException("missing PID; use one of:\n" + Target.candidates());
        if (words.size() > 1) throw new UsageException("one process at a time, not '" + String.join(" ", words) + "'");
        String pid = words.getFirst();
        if (pid.matches("\\d{1,18}")) return new Target(pid);
        throw new UsageException("'" + pid + "' is not a PID; use one of:\n" + Target.candidates());
    }

    /// Sends the command to the process, waits for the answers, and writes them. If one answer is an error, writes the others.
    void run() {
        if (target == null) {
            print(Doctor.examine().getBytes(StandardCharsets.UTF_8));
            return;
        }
        List<Answer> answers = target.query(which, command);
        if (answers.getFirst().kind == Answer.Kind.NOT_QUERIED) throw ambiguous(target, answers);
        List<Answer> failed = answers.stream().filter(answer -> answer.kind == Answer.Kind.FAILED).toList();
        if (failed.size() < answers.size()) write(answers);
        if (!failed.isEmpty()) throw incomplete(target, failed, answers.size() > 1 && !which.equals("any"));
    }

    private UsageException ambiguous(Target target, List<Answer> answers) {
        String part = which.substring("one ".length());
        String problem =
                part.isEmpty()
                        ? " has several copies of Gofer; select one with --loader and a part of its name:\n"
                        : " does not have exactly one copy of Gofer with '" + part + "' in its name; it has:\n";
        String names = answers.stream().map(answer -> "     " + answer.name).collect(Collectors.joining("\n"));
        return new UsageException("process " + target.pid() + problem + names);
    }

    private static UsageException incomplete(Target target, List<Answer> failed, boolean isNamed) {
        return new UsageException(
                failed.stream()
                        .map(answer -> isNamed ? ", " + answer.name + ": " + answer.text() : ": " + answer.text())
                        .distinct()
                        .map(message -> "process " + target.pid() + message)
                        .collect(Collectors.joining("\ngofer: ")));
    }

    private void write(List<Answer> answers) {
        if (file != null) write(answers.getFirst().content, file);
        else if (answers.size() == 1) print(answers.getFirst().content);
        else
            print(
                    (command.getFirst().equals(JSON) ? Sections.json(answers) : Sections.text(answers))
                            .getBytes(StandardCharsets.UTF_8));
    }

    private static void print(byte[] text) {
        System.out.writeBytes(text);
        System.out.flush();
    }

    private void write(byte[] answer, Path file) {
        try {
            if (last == null) Files.write(file, answer);
            else writeEnd(answer, last, file);
        } catch (IOException failed) {
            throw unwritable(file, String.valueOf(failed.getMessage()));
        }
    }

    /// Writes the last part of a recording. The flight recorder returns whole chunks, which may be longer.
    private static void writeEnd(byte[] recording, Duration last, Path file) throws IOException {
        Path whole = Files.createTempFile("gofer", ".jfr"); // only its owner can read it
        try {
            Files.write(whole, recording);
            Files.write(file, new byte[0]); // truncates a longer file; the JDK would not
            Instant start = Instant.now().minus(last);
            try (var events = new RecordingFile(whole)) {
                events.write(file, event -> !event.getEndTime().isBefore(start));
            }
        } finally {
            Files.delete(whole);
        }
    }
}
