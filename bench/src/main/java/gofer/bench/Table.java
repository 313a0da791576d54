package gofer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A table of figures and ratios in Markdown.
///
/// @param peers the names of the peers, a column each
/// @param comparisons the comparisons, a column each
record Table(List<String> peers, List<Comparison> comparisons) {

    /// Peers on the JVM have the options of `./gofer run`.
    static final Table MAIN =
            new Table(
                    List.of(
                            Competitor.GO,
                            Competitor.GOFER,
                            Competitor.GOFER_ON_JDK,
                            Competitor.KOTLIN,
                            Competitor.JOX,
                            Competitor.JDK),
                    List.of(Comparison.WITH_GO, Comparison.ON_JVM));

    /// All have the JVM's default options.
    static final Table BY_DEFAULT =
            new Table(
                    List.of(
                            Competitor.PLAIN,
                            Competitor.WITH_FLAG,
                            Competitor.KOTLIN_BY_DEFAULT,
                            Competitor.JOX_BY_DEFAULT,
                            Competitor.JDK_BY_DEFAULT),
                    List.of(Comparison.PLAIN, Comparison.WITH_FLAG));

    static final Table RUST =
            new Table(List.of(Competitor.GOFER, Competitor.CROSSBEAM, Competitor.TOKIO), List.of(Comparison.WITH_RUST));

    /// Returns the lines of the table, with the rows that have a comparison.
    List<String> lines(Map<Row, Map<String, Figure>> results) {
        List<String> lines = new ArrayList<>();
        List<String> headings = comparisons.stream().map(Comparison::heading).toList();
        lines.add("| row | " + String.join(" | ", peers) + " | " + String.join(" | ", headings) + " |");
        lines.add("|---|" + "---|".repeat(peers.size() + headings.size()));
        results.forEach((row, figures) -> {
            if (comparisons.stream().map(comparison -> comparison.of(figures)).anyMatch(Objects::nonNull)) {
                lines.add(line(row, figures));
            }
        });
        return lines;
    }

    private String line(Row row, Map<String, Figure> figures) {
        StringBuilder line = new StringBuilder("| ").append(row.name()).append(" | ");
        for (String peer : peers) {
            line.append(figures.containsKey(peer) ? figures.get(peer).cell() : "").append(" | ");
        }
        for (Comparison comparison : comparisons) {
            line.append(comparison.cell(figures)).append(" | ");
        }
        return line.toString().stripTrailing();
    }
}
