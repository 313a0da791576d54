package gofer.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/// The words after a command: options, a file, and the arguments for the program in it.
final class CommandLine {
    private final ArrayDeque<String> words;

    CommandLine(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    /// Takes the next word if it is an option. Returns an empty string otherwise.
    String option() {
        return !words.isEmpty() && words.getFirst().startsWith("--") ? words.removeFirst() : "";
    }

    /// Takes the value of an option.
    ///
    /// @param what a description of the value, for the error message
    String value(String option, String what) {
        if (words.isEmpty()) throw new UsageException(option + " needs " + what);
        return words.removeFirst();
    }

    /// Takes the value of an option that needs a number.
    long number(String option, long least) {
        String word = value(option, "a number");
        try {
            long number = Long.parseLong(word);
            if (number >= least) return number;
        } catch (NumberFormatException none) {
            // reported below
        }
        String range = least == Long.MIN_VALUE ? "" : " of at least " + least;
        throw new UsageException(option + " needs a number" + range + ", not '" + word + "'");
    }

    /// Takes the source file.
    Path file(String command) {
        if (words.isEmpty())
            throw new UsageException(command + " needs a file: gofer " + command + " FILE.java [ARGUMENT...]");
        String name = words.removeFirst();
        Path file = path(name);
        if (!Files.exists(file)) throw new UsageException("there is no file " + name);
        if (!name.endsWith(".java") || !Files.isRegularFile(file))
            throw new UsageException("'" + name + "' is not a Java source file, FILE.java");
        return file;
    }

    /// Returns the path with this name. Throws [UsageException] if the encoding of the locale lacks one of its characters.
    static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException unmappable) {
            String encoding = System.getProperty("sun.jnu.encoding");
            throw new UsageException(
                    "the locale has no encoding for the file name '"
                            + name
                            + "' (its encoding is "
                            + encoding
                            + "); try LC_ALL=C.UTF-8");
        }
    }

    boolean hasMore() {
        return !words.isEmpty();
    }

    /// Returns the remaining words.
    String[] rest() {
        return words.toArray(String[]::new);
    }
}
