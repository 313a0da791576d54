package gofer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/// What follows a command: options, a file, and the arguments for the program in it.
final class CommandLine {
    private final ArrayDeque<String> words;

    CommandLine(List<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    /// Takes the next word if it is an option; else the empty one.
    String option() {
        return !words.isEmpty() && words.getFirst().startsWith("--") ? words.removeFirst() : "";
    }

    /// Takes the value of an option.
    ///
    /// @param what it has to be
    String value(String option, String what) {
        if (words.isEmpty()) throw new UsageException(option + " needs " + what);
        return words.removeFirst();
    }

    /// Takes the value of an option, a number.
    long number(String option, long least) {
        String word = value(option, "a number");
        try {
            long number = Long.parseLong(word);
            if (number >= least) return number;
        } catch (NumberFormatException none) {
            // said below
        }
        String range = least == Long.MIN_VALUE ? "" : " from " + least + " on";
        throw new UsageException(option + " needs a number" + range + ", not '" + word + "'");
    }

    /// Takes the source file.
    Path file(String command) {
        if (words.isEmpty())
            throw new UsageException(command + " needs a file: gofer " + command + " FILE.java [ARGUMENT...]");
        String name = words.removeFirst();
        Path file = Path.of(name);
        if (!Files.exists(file)) throw new UsageException("there is no file " + name);
        if (!name.endsWith(".java") || !Files.isRegularFile(file))
            throw new UsageException("'" + name + "' is not a source file of Java, FILE.java");
        return file;
    }

    /// What is left.
    String[] rest() {
        return words.toArray(String[]::new);
    }
}
