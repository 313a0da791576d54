package gofer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The performance goals of Gofer, as ratios of medians, and the rows that miss them.
final class Goals {

    private Goals() {}

    /// Returns the goal as a share of Go's time.
    static double ofGo(Row row) {
        return switch (row.name()) {
            case "stream-1x1-16", "stream-1x1-128", "stream-1x1-1024" -> 0.4;
            case "stream-4x4-128", "stream-100x100-128" -> 0.7;
            case "start" -> 0.6;
            case "memory-million" -> 0.5;
            default -> row.name().startsWith("select") ? 0.9 : 1.0;
        };
    }

    /// Returns the goal as a share of the better time of Kotlin and Jox; null for most rows.
    static @Nullable Double ofChannelsOnJvm(Row row) {
        boolean unbuffered =
                row.name().endsWith("-0") || row.name().startsWith("ring") || row.name().equals("ping-pong");
        return unbuffered || row.name().startsWith("select") ? 0.5 : null;
    }

    /// Returns a line for each goal that `figures` miss.
    static List<String> missed(Row row, Map<String, Figure> figures) {
        List<String> missed = new ArrayList<>();
        Figure ours = figures.get(Competitor.GOFER);
        Figure onJdk = figures.get(Competitor.GOFER_ON_JDK);
        Figure go = figures.get(Competitor.GO);
        if (ours != null && go != null) {
            compare(missed, row, "Gofer", "Go's", ours.ratioTo(go), ofGo(row));
        }
        Figure channels = best(figures, Competitor.KOTLIN, Competitor.JOX);
        Double goal = ofChannelsOnJvm(row);
        if (ours != null && channels != null && goal != null) {
            compare(missed, row, "Gofer", "the better of Kotlin's and Jox's", ours.ratioTo(channels), goal);
        }
        Figure peers = bestOnJvm(figures);
        if (onJdk != null && peers != null) {
            compare(missed, row, "on the JDK's scheduler", "the best JVM peer's", onJdk.ratioTo(peers), 1.0);
        }
        return missed;
    }

    static @Nullable Figure bestOnJvm(Map<String, Figure> figures) {
        return best(figures, Competitor.KOTLIN, Competitor.JOX, Competitor.JDK);
    }

    private static void compare(List<String> missed, Row row, String ours, String theirs, double ratio, double goal) {
        if (ratio > goal) {
            missed.add("%s, %s: %.2f of %s, not %.1f".formatted(row.name(), ours, ratio, theirs, goal));
        }
    }

    private static @Nullable Figure best(Map<String, Figure> figures, String... names) {
        return Stream.of(names)
                .filter(figures::containsKey)
                .map(figures::get)
                .min((a, b) -> Double.compare(a.median(), b.median()))
                .orElse(null);
    }
}
