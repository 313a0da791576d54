package gofer.race;

import java.io.IOException;
import java.nio.file.Path;

/// The options of the race detector, from the environment variable `GOFERRACE`. It has the form of Go's `GORACE`: words such as
/// `exitcode=3`, separated by spaces.
///
/// @param logPath `stderr`, `stdout`, or the beginning of the name of a file, to which the process id is added
/// @param exitCode the exit status of a program that has races and would end with status 0
/// @param stripPrefix what to leave out at the beginning of the names of classes
/// @param haltOnError whether to end the program at the first race
/// @param json whether to write each report as a line of JSON
/// @param suppressions the reports to leave out
record Options(
        String logPath,
        int exitCode,
        String stripPrefix,
        boolean haltOnError,
        boolean json,
        Suppressions suppressions) {

    /// The name of the environment variable.
    static final String VARIABLE = "GOFERRACE";

    private static final Options DEFAULT = new Options("stderr", 66, "", false, false, Suppressions.NONE);

    /// Parses the value of the variable. Throws [IllegalArgumentException] with a description of an invalid option.
    static Options of(String text) {
        Options options = DEFAULT;
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                int equal = word.indexOf('=');
                if (equal < 0) {
                    throw invalid("'" + word + "' is not of the form name=value");
                }
                options = options.with(word.substring(0, equal), word.substring(equal + 1));
            }
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "log_path" ->
                    new Options(required(name, value), exitCode, stripPrefix, haltOnError, json, suppressions);
            case "exitcode" -> new Options(logPath, status(value), stripPrefix, haltOnError, json, suppressions);
            case "strip_path_prefix" -> new Options(logPath, exitCode, value, haltOnError, json, suppressions);
            case "halt_on_error" ->
                    new Options(logPath, exitCode, stripPrefix, choice(name, value, "0", "1"), json, suppressions);
            case "format" ->
                    new Options(
                            logPath,
                            exitCode,
                            stripPrefix,
                            haltOnError,
                            choice(name, value, "text", "json"),
                            suppressions);
            case "suppressions" -> new Options(logPath, exitCode, stripPrefix, haltOnError, json, read(value));
            default ->
                    throw invalid(
                            "there is no option '"
                                    + name
                                    + "'; the options are exitcode, format, halt_on_error, log_path, "
                                    + "strip_path_prefix and suppressions");
        };
    }

    private static String required(String name, String value) {
        if (value.isEmpty()) {
            throw invalid(name + " has no value");
        }
        return value;
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

    /// Returns whether `value` is the second one.
    private static boolean choice(String name, String value, String first, String second) {
        if (!value.equals(first) && !value.equals(second)) {
            throw invalid(name + " must be " + first + " or " + second + ", not '" + value + "'");
        }
        return value.equals(second);
    }

    private static Suppressions read(String file) {
        try {
            return Suppressions.read(Path.of(file));
        } catch (IOException unreadable) {
            throw invalid("the suppressions cannot be read: " + unreadable);
        }
    }

    private static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException(VARIABLE + ": " + what);
    }
}
