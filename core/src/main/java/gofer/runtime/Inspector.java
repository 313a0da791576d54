package gofer.runtime;

/// Answers the questions of tools that look at the process from outside.
public final class Inspector {

    private Inspector() {}

    /// The answer to a question: `dump` or `dump --json`.
    public static String answer(String question) {
        return switch (question) {
            case "dump" -> Dump.take().text();
            case "dump --json" -> Dump.take().json();
            default -> "this version of Gofer does not know what '" + question + "' means\n";
        };
    }
}
