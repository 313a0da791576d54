package gofer.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The notes of a search, in the order in which they were added first.
final class Notes {

    private static final String VARIES = " (other threads in other schedules)";

    private final Map<String, String> texts = new LinkedHashMap<>(); // by kind
    private final Set<String> varying = new HashSet<>(); // the kinds that came with different names

    /// Adds a note, unless it was added before.
    void add(String text) {
        texts.putIfAbsent(text, text);
    }

    /// Adds a note that names threads, unless one of the same kind was added before.
    ///
    /// @param kind the text without the names
    void add(String kind, String text) {
        String first = texts.putIfAbsent(kind, text);
        if (first != null && !first.equals(text)) {
            varying.add(kind);
        }
    }

    /// Returns the texts.
    List<String> list() {
        List<String> all = new ArrayList<>();
        texts.forEach((kind, text) -> all.add(varying.contains(kind) ? text + VARIES : text));
        return List.copyOf(all);
    }
}
