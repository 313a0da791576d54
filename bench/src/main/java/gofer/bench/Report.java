package gofer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures as text.
final class Report {

    private static final List<String> COLUMNS =
            List.of(
                    Competitor.GO,
                    Competitor.GOFER,
                    Competitor.GOFER_ON_JDK,
                    Competitor.KOTLIN,
                    Competitor.JOX,
                    Competitor.JDK);

    private Report() {}

    /// Returns a line for the terminal.
    static String line(Row row, Map<String, Figure> figures) {
        StringBuilder line = new StringBuilder("%-22s".formatted(row.name()));
        figures.forEach((name, figure) -> line.append("  ").append(name).append(' ').append(cell(figure)));
        Figure ours = figures.get(Competitor.GOFER);
        line.append("  Gofer/Go ").append(share(ours, figures.get(Competitor.GO)));
        line.append("  Gofer/best JVM peer ").append(share(ours, Goals.bestOnJvm(figures)));
        return line.append("  (").append(row.unit()).append(')').toString();
    }

    /// Writes `benchmarks.md` and its charts into `folder`.
    static void write(
            Path folder, Contest contest, Map<Row, Map<String, Figure>> results, Map<String, List<Figure>> scaling)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Benchmarks");
        lines.add("");
        lines.add(
                "`./gofer bench` writes this page. The figures are medians of "
                        + contest.starts() * contest.rounds()
                        + " runs in "
                        + contest.starts()
                        + " processes of each peer, which take turns.");
        lines.add(
                "`±` is half the distance from the lowest to the highest, as a share of the median. Lower is better."
                        + " [The rows](#the-rows) are described");
        lines.add("below. Compare ratios, not times, because times depend on the machine.");
        lines.add("");
        lines.add(Machine.describe() + ". " + String.join("; ", contest.versions()) + ".");
        lines.add(
                "All peers on the JVM run with `"
                        + String.join(" ", Competitor.OPTIONS)
                        + "`, as programs do under `./gofer run`.");
        lines.add("");
        lines.add("![Gofer's time as a share of Go's](benchmarks-ratios.svg)");
        lines.add("");
        lines.add("| row | " + String.join(" | ", COLUMNS) + " | Gofer / Go | Gofer / best JVM peer |");
        lines.add("|---|" + "---|".repeat(COLUMNS.size() + 2));
        results.forEach((row, figures) -> lines.add(tableRow(row, figures)));
        lines.add("");
        missed(lines, results);
        growth(lines, scaling);
        lines.add("## The rows");
        lines.add("");
        results.keySet()
                .forEach(row ->
                        lines.add(
                                "- **%s** (%s, n = %d): %s."
                                        .formatted(row.name(), row.unit(), contest.operations(row), row.text())));
        Files.write(folder.resolve("benchmarks.md"), lines);
        Files.writeString(folder.resolve("benchmarks-ratios.svg"), Chart.ratios(results));
        Files.writeString(folder.resolve("benchmarks-growth.svg"), Chart.growth(results));
    }

    private static void missed(List<String> lines, Map<Row, Map<String, Figure>> results) {
        List<String> missed =
                results.entrySet().stream()
                        .flatMap(entry -> Goals.missed(entry.getKey(), entry.getValue()).stream())
                        .toList();
        lines.add("## Where Gofer falls short of its goals");
        lines.add("");
        if (missed.isEmpty()) {
            lines.add("Nowhere in this run.");
        }
        missed.forEach(line -> lines.add("- " + line));
        lines.add("");
    }

    private static void growth(List<String> lines, Map<String, List<Figure>> scaling) {
        lines.add("## Growth");
        lines.add("");
        lines.add("![Cost of a hop by the number of goroutines](benchmarks-growth.svg)");
        lines.add("");
        lines.add("With 1, 2, ... processors, `stream-100x100-128` takes, in ns per value:");
        lines.add("");
        scaling.forEach((name, figures) ->
                lines.add("- " + name + ": " + String.join(", ", figures.stream().map(Report::cell).toList())));
        lines.add("");
    }

    private static String tableRow(Row row, Map<String, Figure> figures) {
        StringBuilder line = new StringBuilder("| ").append(row.name()).append(" | ");
        for (String column : COLUMNS) {
            Figure figure = figures.get(column);
            line.append(figure == null ? "" : cell(figure)).append(" | ");
        }
        Figure best = Goals.bestOnJvm(figures);
        Figure ours = figures.get(Competitor.GOFER);
        line.append(share(ours, figures.get(Competitor.GO))).append(" | ").append(share(ours, best)).append(" |");
        return line.toString();
    }

    private static String share(@Nullable Figure ours, @Nullable Figure theirs) {
        return ours == null || theirs == null ? "" : "%.2f".formatted(ours.ratioTo(theirs));
    }

    private static String cell(Figure figure) {
        String format = figure.median() < 100 ? "%.1f" : "%.0f";
        return format.formatted(figure.median()) + " ±%.0f%%".formatted(50 * figure.spread());
    }
}
