package gofer.race.runtime;

import gofer.race.runtime.Report.Access;
import java.util.List;

/// A report as text, in the form of Go's reports, and as JSON.
public final class ReportText {

    private static final String LINE = "==================\n";

    private final String stripPrefix;
    private final StringBuilder text = new StringBuilder();

    private ReportText(String stripPrefix) {
        this.stripPrefix = stripPrefix;
    }

    /// Returns the lines of a report. Leaves out `stripPrefix` at the beginning of the names of classes.
    public static String text(Report report, String stripPrefix) {
        return new ReportText(stripPrefix).appendText(report).text.toString();
    }

    /// Returns a report as JSON, in one line, with a line break at the end.
    public static String json(Report report, String stripPrefix) {
        return new ReportText(stripPrefix).appendJson(report).text.append('\n').toString();
    }

    private ReportText appendText(Report report) {
        text.append(LINE).append("WARNING: DATA RACE on ").append(report.variable()).append('\n');
        appendAccess(report.later().writes() ? "Write" : "Read", report.later());
        appendAccess(report.earlier().writes() ? "\nPrevious write" : "\nPrevious read", report.earlier());
        appendStart(report.later());
        if (!report.earlier().thread().equals(report.later().thread())) {
            appendStart(report.earlier());
        }
        text.append(LINE);
        return this;
    }

    private void appendAccess(String kind, Access access) {
        text.append(kind).append(" by ").append(access.thread()).append(":\n");
        appendFrames(access.stack());
    }

    private void appendStart(Access access) {
        if (!access.startedAt().isEmpty()) {
            text.append('\n').append(capitalized(access.thread())).append(" was started");
            if (access.startedBy() != null) {
                text.append(" by ").append(access.startedBy());
            }
            text.append(":\n");
            appendFrames(access.startedAt());
        }
    }

    private static String capitalized(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void appendFrames(List<StackTraceElement> frames) {
        if (frames.isEmpty()) {
            text.append("    at an unknown place\n");
        }
        frames.forEach(frame -> text.append("    at ").append(stripped(frame)).append('\n'));
    }

    private String stripped(StackTraceElement frame) {
        String place =
                new StackTraceElement(
                                frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                        .toString(); // without class loader and module
        return place.startsWith(stripPrefix) ? place.substring(stripPrefix.length()) : place;
    }

    private ReportText appendJson(Report report) {
        text.append("{\"variable\": ").append(quoted(report.variable())).append(", \"later\": ");
        appendJson(report.later());
        text.append(", \"earlier\": ");
        appendJson(report.earlier());
        text.append('}');
        return this;
    }

    private void appendJson(Access access) {
        text.append("{\"kind\": \"").append(access.writes() ? "write" : "read").append("\", \"thread\": ");
        text.append(quoted(access.thread())).append(", \"stack\": ");
        appendJson(access.stack());
        text.append(", \"startedBy\": ")
                .append(quoted(access.startedBy() == null ? "" : access.startedBy()))
                .append(", \"startedAt\": ");
        appendJson(access.startedAt());
        text.append('}');
    }

    private void appendJson(List<StackTraceElement> frames) {
        text.append('[');
        for (int i = 0; i < frames.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(quoted(stripped(frames.get(i))));
        }
        text.append(']');
    }

    private static String quoted(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
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
