package gofer.examples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The expected output of an example. In a line, `...` matches any text.
///
/// @param lines the lines of `NAME.txt`, or of `NAME.unordered.txt`
/// @param ordered whether the program writes them in this order
record Expectation(List<String> lines, boolean ordered) {
    static Expectation of(Example example) throws IOException {
        Path ordered = Example.ROOT.resolve(example.expected(".txt"));
        Path unordered = Example.ROOT.resolve(example.expected(".unordered.txt"));
        if (Files.exists(ordered) == Files.exists(unordered)) {
            throw new AssertionError(
                    "the expected output of "
                            + example
                            + " is missing. Write it to "
                            + example.expected(".txt")
                            + ", or to "
                            + example.expected(".unordered.txt")
                            + " if the lines can come in any order");
        }
        return new Expectation(Files.readAllLines(Files.exists(ordered) ? ordered : unordered), Files.exists(ordered));
    }

    /// Returns the actual lines in a form comparable with [#lines]. A line that matches an expected line becomes that line.
    /// Lines that may come in any order take their expected places, and those that match nothing come last.
    List<String> align(List<String> actual) {
        if (ordered) {
            var aligned = new ArrayList<String>();
            for (int i = 0; i < actual.size(); i++) {
                boolean same = i < lines.size() && fits(lines.get(i), actual.get(i));
                aligned.add(same ? lines.get(i) : actual.get(i));
            }
            return aligned;
        }
        var rest = new ArrayList<>(actual);
        var aligned = new ArrayList<String>();
        for (String line : lines) {
            var found = rest.stream().filter(a -> fits(line, a)).findFirst();
            if (found.isEmpty()) continue;
            rest.remove(found.get());
            aligned.add(line);
        }
        aligned.addAll(rest);
        return aligned;
    }

    private static boolean fits(String expected, String actual) {
        String pattern =
                Arrays.stream(expected.split(Pattern.quote("..."), -1)).map(Pattern::quote).collect(joining(".*"));
        return actual.matches(pattern);
    }
}
