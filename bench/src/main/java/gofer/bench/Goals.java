package gofer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The performance goals of Gofer that are stricter than not to be behind, as ratios, and the rows that miss them.
final class Goals {

    private static final Comparison WITH_CHANNELS_ON_JVM =
            new Comparison(
                    Competitor.GOFER, List.of(Competitor.KOTLIN, Competitor.JOX), "Gofer / better of Kotlin and Jox");

    private Goals() {}

    /// Returns the goal as a share of Go's time; null for most rows.
    static @Nullable Double ofGo(Row row) {
        return switch (row.name()) {
            case "stream-1x1-16", "stream-1x1-128", "stream-1x1-1024" -> 0.4;
            case "stream-4x4-128", "stream-100x100-128" -> 0.7;
            case "start" -> 0.6;
            case "memory-million" -> 0.5;
            default -> row.name().startsWith("select") ? 0.9 : null;
        };
    }

    /// Returns the goal as a share of the better time of Kotlin and Jox; null for most rows.
    static @Nullable Double ofChannelsOnJvm(Row row) {
        boolean unbuffered =
                row.name().endsWith("-0") || row.name().startsWith("ring") || row.name().equals("ping-pong");
        return unbuffered || row.name().startsWith("select") ? 0.5 : null;
    }

    /// Returns a line for each goal that `figures` certainly miss.
    static List<String> missed(Row row, Map<String, Figure> figures) {
        List<String> missed = new ArrayList<>();
        compare(missed, row, Comparison.WITH_GO.of(figures), ofGo(row));
        compare(missed, row, WITH_CHANNELS_ON_JVM.of(figures), ofChannelsOnJvm(row));
        return missed;
    }

    private static void compare(
            List<String> missed, Row row, Comparison.@Nullable Outcome outcome, @Nullable Double goal) {
        if (outcome != null && goal != null && outcome.ratio().isAbove(goal)) {
            missed.add("%s: %s of %s, not %.1f".formatted(row.name(), outcome.ratio().text(), outcome.peer(), goal));
        }
    }
}
