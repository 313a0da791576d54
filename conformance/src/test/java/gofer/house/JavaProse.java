package gofer.house;

/// Extracts the prose of a Java source: comments and string literals. Everything else becomes blank, so that each character
/// keeps its position.
final class JavaProse {
    private final String source;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private JavaProse(String source) {
        this.source = source;
    }

    static String of(String source) {
        return new JavaProse(source).text();
    }

    private String text() {
        while (at < source.length()) {
            if (source.startsWith("//", at)) lineComment();
            else if (source.startsWith("/*", at)) blockComment();
            else if (source.startsWith("\"\"\"", at)) literal("\"\"\"");
            else if (source.charAt(at) == '"') literal("\"");
            else if (source.charAt(at) == '\'') character();
            else blank(1);
        }
        return text.toString();
    }

    private void lineComment() {
        while (at < source.length() && source.charAt(at) == '/') space();
        keepTo(end("\n"));
    }

    private void blockComment() {
        int end = Math.min(end("*/") + 2, source.length());
        while (at < end) {
            if ("/*".indexOf(source.charAt(at)) >= 0) space();
            else keepTo(at + 1);
        }
    }

    private void literal(String quotes) {
        blank(quotes.length());
        while (at < source.length() && !source.startsWith(quotes, at)) {
            keepTo(source.charAt(at) == '\\' ? at + 2 : at + 1);
        }
        blank(quotes.length());
    }

    private void character() {
        int quote = source.indexOf('\'', source.startsWith("'\\", at) ? at + 3 : at + 2);
        blank(quote + 1 - at);
    }

    private int end(String mark) {
        int found = source.indexOf(mark, at);
        return found < 0 ? source.length() : found;
    }

    private void keepTo(int end) {
        text.append(source, at, Math.min(end, source.length()));
        at = Math.min(end, source.length());
    }

    private void space() {
        text.append(' ');
        at++;
    }

    /// Writes NULs for code, so that no phrase begins in one literal and ends in another.
    private void blank(int length) {
        for (int i = 0; i < length && at < source.length(); i++, at++) {
            char c = source.charAt(at);
            text.append(Character.isWhitespace(c) ? c : '\0');
        }
    }
}
