package gofer.runtime.base;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A formatter for JSON.
public final class Json {

    private Json() {}

    /// Returns `value` as JSON: a map, a list, a string, a number or a boolean.
    public static String of(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> quoted(entry.getKey().toString()) + ": " + of(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(Json::of).collect(Collectors.joining(", ", "[", "]"));
            case String text -> quoted(text);
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
