package gofer.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A rule of Go, and its state in Gofer.
///
/// @param id its group and number, such as `CH-07`
/// @param rule the rule in a few words
/// @param tests the tests that pin it
/// @param exempt why it does not apply to Java, or null
/// @param toCome the missing part of Gofer that the rule is about, or null
record Row(String id, String rule, List<String> tests, @Nullable String exempt, @Nullable String toCome) {

    /// Reads `resource`. Each line has an id, a tab and a text.
    static Map<String, String> read(String resource) {
        Map<String, String> lines = new LinkedHashMap<>();
        try (InputStream in = Row.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> {
                        String[] parts = line.split("\t", -1);
                        if (parts.length != 2 || parts[1].isBlank() || lines.put(parts[0], parts[1]) != null) {
                            throw new IllegalStateException(
                                    resource + ": not an id and a text, or a duplicate: " + line);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    String group() {
        return id.substring(0, id.indexOf('-'));
    }

    boolean isPinned() {
        return !tests.isEmpty();
    }

    /// Returns the row as a line of a Markdown table.
    String markdown() {
        String where = String.join(", ", tests);
        if (exempt != null) {
            where += "not applicable: " + exempt;
        }
        if (toCome != null) {
            where += (where.isEmpty() ? "" : "; ") + "to come: " + toCome;
        }
        return "| " + id + " | " + rule + " | " + where + " |";
    }
}
