package gofer.race;

import gofer.race.runtime.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The reports that the user does not want to see, by class and method.
///
/// A file has a pattern in each line. `com.acme.Shop.total` is that method, `com.acme.Shop.*` each method of that class, and
/// `com.acme.**` each method in that package and below. A report is left out if a pattern matches a frame of one of its two
/// stacks. Empty lines, and what follows a `#`, do not count.
record Suppressions(List<String> patterns) {

    static final Suppressions NONE = new Suppressions(List.of());

    private static final String ALL_BELOW = ".**";
    private static final String ALL_METHODS = ".*";

    /// Reads a file. Throws [IllegalArgumentException] with a description of an invalid line.
    static Suppressions read(Path file) throws IOException {
        return of(Files.readAllLines(file), file.toString());
    }

    static Suppressions of(List<String> lines, String source) {
        List<String> patterns =
                lines.stream()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .toList();
        for (String pattern : patterns) {
            if (!pattern.matches("[\\w$]+(\\.[\\w$<>]+)*\\.([\\w$<>]+|\\*\\*?)")) {
                throw new IllegalArgumentException(
                        source
                                + " has '"
                                + pattern
                                + "', which is not of the form com.acme.Shop.total, com.acme.Shop.* or com.acme.**");
            }
        }
        return new Suppressions(patterns);
    }

    boolean contain(Report report) {
        return Stream.of(report.later(), report.earlier())
                .flatMap(access -> access.stack().stream())
                .anyMatch(frame -> patterns.stream().anyMatch(pattern -> matches(pattern, frame)));
    }

    private static boolean matches(String pattern, StackTraceElement frame) {
        if (pattern.endsWith(ALL_BELOW)) {
            return frame.getClassName().startsWith(pattern.substring(0, pattern.length() - 2));
        }
        if (pattern.endsWith(ALL_METHODS)) {
            return frame.getClassName().equals(pattern.substring(0, pattern.length() - ALL_METHODS.length()));
        }
        return pattern.equals(frame.getClassName() + "." + frame.getMethodName());
    }
}
