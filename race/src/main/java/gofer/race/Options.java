package gofer.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The options of the race detector, from the environment variable `GOFERRACE`. It has the form of Go's `GORACE`: words such as
/// `exitcode=3`, separated by spaces.
///
/// @param logPath `stderr`, `stdout`, or the beginning of the name of a file, to which the process id is added
/// @param exitCode the exit status of a program that has races and would end with status 0
/// @param stripPrefix what to leave out at the beginning of the names of classes
/// @param haltOnError whether to end the program at the first race
/// @param json whether to write each report as a line of JSON
/// @param suppressions the reports to leave out
/// @param suppressEqualStacks whether to report a race only once for each pair of places
/// @param failTests whether a test fails in which a race happens
record Options(
        String logPath,
        int exitCode,
        String stripPrefix,
        boolean haltOnError,
        boolean json,
        Suppressions suppressions,
        boolean suppressEqualStacks,
        boolean failTests) {

    /// The name of the environment variable.
    static final String VARIABLE = "GOFERRACE";

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "exitcode", "66",
                    "fail_tests", "1",
                    "format", "text",
                    "halt_on_error", "0",
                    "log_path", "stderr",
                    "strip_path_prefix", "",
                    "suppress_equal_stacks", "1",
                    "suppressions", "");

    /// Parses the value of the variable. Throws [IllegalArgumentException] with a description of an invalid option.
    static Options of(String text) {
        var values = new HashMap<>(DEFAULTS);
        for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            int equal = word.indexOf('=');
            String name = equal < 0 ? word : word.substring(0, equal);
            if (!DEFAULTS.containsKey(name)) {
                throw invalid(
                        "there is no option '"
                                + name
                                + "'; the options are "
                                + String.join(", ", new TreeSet<>(DEFAULTS.keySet())));
            }
            if (equal < 0 || equal == word.length() - 1) {
                throw invalid(name + " has no value");
            }
            values.put(name, word.substring(equal + 1));
        }
        return new Options(
                values.getOrDefault("log_path", ""),
                status(values.getOrDefault("exitcode", "")),
                values.getOrDefault("strip_path_prefix", ""),
                isSecond(values, "halt_on_error", "0", "1"),
                isSecond(values, "format", "text", "json"),
                suppressions(values.getOrDefault("suppressions", "")),
                isSecond(values, "suppress_equal_stacks", "0", "1"),
                isSecond(values, "fail_tests", "0", "1"));
    }

    private static int status(String value) {
        try {
            int status = Integer.parseInt(value);
            if (status >= 0 && status <= 255) {
                return status;
            }
        } catch (NumberFormatException notANumber) {
            // reported below
        }
        throw invalid("exitcode must be a number from 0 to 255, not '" + value + "'");
    }

    /// Returns whether an option with two values has the second one.
    private static boolean isSecond(Map<String, String> values, String name, String first, String second) {
        String value = values.getOrDefault(name, "");
        if (!first.equals(value) && !second.equals(value)) {
            throw invalid(name + " must be " + first + " or " + second + ", not '" + value + "'");
        }
        return second.equals(value);
    }

    private static Suppressions suppressions(String file) {
        try {
            return file.isEmpty() ? Suppressions.NONE : Suppressions.read(Path.of(file));
        } catch (IOException unreadable) {
            throw invalid("the suppressions cannot be read: " + unreadable);
        }
    }

    private static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException(VARIABLE + ": " + what);
    }
}
