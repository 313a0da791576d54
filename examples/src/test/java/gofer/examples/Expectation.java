package gofer.examples;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What an example is to write. In a line, `...` stands for any text.
///
/// @param lines from `NAME.txt`, or from `NAME.unordered.txt`
/// @param ordered whether the program writes them in this order
record Expectation(List<String> lines, boolean ordered) {
    static Expectation of(Example example) throws IOException {
        Path ordered = Example.ROOT.resolve(example.expected(".txt"));
        Path unordered = Example.ROOT.resolve(example.expected(".unordered.txt"));
        if (Files.exists(ordered) == Files.exists(unordered)) {
            throw new AssertionError(
                    "what is "
                            + example
                            + " to write? Say it in "
                            + example.expected(".txt")
                            + ", or in "
                            + example.expected(".unordered.txt")
                            + " if the lines may come in any order");
        }
        return new Expectation(Files.readAllLines(Files.exists(ordered) ? ordered : unordered), Files.exists(ordered));
    }

    /// The actual lines, made comparable with [#lines]: one that fits an expected line becomes that line, and lines
    /// that may come in any order take their expected places, with those that fit nothing at the end.
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
