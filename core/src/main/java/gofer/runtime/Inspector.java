package gofer.runtime;

import java.time.Duration;

/// Answers the questions of tools that look at the process from outside.
public final class Inspector {

    private Inspector() {}

    /// Without our scheduler leaks cannot be proved: then those are listed that have waited for so long.
    private static final Duration LONG = Duration.ofMinutes(1);

    /// The answer to a question: `dump`, `dump --json` or `leaks`.
    public static String answer(String question) {
        return switch (question) {
            case "dump" -> Dump.take().text();
            case "dump --json" -> Dump.take().json();
            case "leaks" -> leaks();
            default -> "this version of Gofer does not know what '" + question + "' means\n";
        };
    }

    private static String leaks() {
        if (Scheduling.isOurs()) {
            String leaks = Leaked.find().text();
            return leaks.isEmpty() ? "no goroutine has leaked\n" : leaks;
        }
        String suspects = Leaked.suspects(LONG).text();
        return "On the JDK's scheduler leaks can only be guessed: these goroutines have waited for a minute or longer"
                + (suspects.isEmpty() ? ", none.\n" : ".\n\n" + suspects);
    }
}
