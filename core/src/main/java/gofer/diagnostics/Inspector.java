package gofer.diagnostics;

import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Contention;
import gofer.runtime.park.Tracing;
import gofer.runtime.sched.Scheduling;
import gofer.runtime.watch.Dump;
import gofer.runtime.watch.LeakSearch;
import gofer.runtime.watch.LockCycles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The handler for requests of tools that look at the process from outside. The agent that they load into the process
/// finds this class and its method `answer` by name, so these names must not change.
final class Inspector {

    /// On the JDK's scheduler leaks cannot be proved. Goroutines that have waited this long are listed instead.
    private static final Duration LONG = Duration.ofMinutes(1);

    /// In nanoseconds. At this rate a goroutine that does nothing but wait is recorded so often that it slows down by a
    /// tenth.
    private static final OnDemand BLOCK = new OnDemand(Contention.BLOCK, 50_000);

    private static final OnDemand MUTEX = new OnDemand(Contention.MUTEX, 1);

    /// How often to check whether the requester is still waiting, in nanoseconds.
    private static final long CHECK_INTERVAL = 100_000_000;

    private Inspector() {}

    /// Returns the answer to a request: a command, and its arguments on further lines.
    ///
    /// @param file exists while the requester waits for the answer, which may take a while
    static byte[] answer(Path file, String question) throws IOException, InterruptedException {
        List<String> words = question.lines().toList();
        return switch (words.getFirst()) {
            case "dump" -> text(Goroutines.inspect(() -> Dump.take().text()));
            case "dump --json" -> text(Goroutines.inspect(() -> Dump.take().json()));
            case "leaks" -> text(leaks());
            case "doctor" -> text(Doctor.examine());
            case "profile" -> profile(words.get(1), Duration.parse(words.get(2)), words.get(3).equals("pprof"), file);
            case "trace" -> trace(words.get(1));
            default -> text("unknown command in this version of Gofer: '" + words.getFirst() + "'\n");
        };
    }

    private static byte[] trace(String request) throws IOException {
        if (!Tracing.isPossible()) {
            throw new UnsupportedOperationException(
                    "it runs without the flight recorder; start it with --add-modules jdk.jfr, in an image that"
                            + " contains this module");
        }
        return switch (request) {
            case "on" -> text(Recorder.start());
            case "off" -> text(Recorder.stop());
            default -> Recorder.dump();
        };
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String leaks() {
        if (Scheduling.isOurs()) {
            String leaks = texts(Leaks.find());
            return (leaks.isEmpty() ? "no goroutine has leaked\n" : leaks) + threads() + locks();
        }
        String suspects = texts(Leaks.suspects(LONG));
        return "On the JDK's scheduler leaks can only be guessed. "
                + (suspects.isEmpty()
                        ? "Nothing has waited for a minute or longer.\n"
                        : "These goroutines and threads have waited for a minute or longer:\n\n" + suspects)
                + locks();
    }

    /// Returns paragraphs about waits for JDK monitors and locks, for which a leak cannot be proved, and about deadlocks.
    private static String locks() {
        int waiting = LockCycles.waitingForJdk();
        String stuck = texts(Deadlocks.find());
        return (waiting == 0
                        ? ""
                        : "\nGoroutines that wait for monitors or locks of the JDK, perhaps forever: "
                                + waiting
                                + ". The dump shows them.\n")
                + (stuck.isEmpty() ? "" : "\nThese wait for each other's locks forever:\n\n" + stuck);
    }

    private static String threads() {
        String suspects = texts(Stuck.of(LeakSearch.suspectThreads(LONG)));
        return suspects.isEmpty()
                ? ""
                : "\nThreads that are not goroutines and have waited for a minute or longer, perhaps forever:\n\n"
                        + suspects;
    }

    private static String texts(List<Stuck> stuck) {
        return String.join("\n", stuck.stream().map(Stuck::text).toList());
    }

    private static byte[] profile(String kind, Duration time, boolean pprof, Path file)
            throws IOException, InterruptedException {
        Profile profile =
                switch (kind) {
                    case "block" -> during(time, file, BLOCK, Profile::block);
                    case "mutex" -> during(time, file, MUTEX, Profile::mutex);
                    case "leak" -> Profile.leak();
                    default -> Profile.goroutine();
                };
        if (!pprof) {
            return text(profile.toString());
        }
        var bytes = new ByteArrayOutputStream();
        profile.write(bytes);
        return bytes.toByteArray();
    }

    /// Returns what is added to a profile during `time`.
    private static Profile during(Duration time, Path file, OnDemand contention, Supplier<Profile> profile)
            throws InterruptedException {
        Profile first = profile.get();
        contention.begin();
        try {
            long end = System.nanoTime() + time.toNanos();
            for (long left = time.toNanos(); left > 0 && Files.exists(file); left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.sleep(Math.min(left, CHECK_INTERVAL));
            }
        } finally {
            contention.end();
        }
        return profile.get().since(first);
    }
}
