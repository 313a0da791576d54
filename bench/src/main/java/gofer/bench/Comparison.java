package gofer.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A comparison that the page shows as a column of ratios.
///
/// @param ours the name of the peer for Gofer
/// @param theirs the names of the peers of which the best counts
/// @param heading the heading of the column
record Comparison(String ours, List<String> theirs, String heading) {

    private static final List<String> ON_JVM_BY_DEFAULT =
            List.of(Competitor.KOTLIN_BY_DEFAULT, Competitor.JOX_BY_DEFAULT, Competitor.JDK_BY_DEFAULT);

    static final Comparison WITH_GO = new Comparison(Competitor.GOFER, List.of(Competitor.GO), "Gofer / Go");
    static final Comparison ON_JVM =
            new Comparison(
                    Competitor.GOFER,
                    List.of(Competitor.KOTLIN, Competitor.JOX, Competitor.JDK),
                    "Gofer / best JVM peer");
    static final Comparison WITH_RUST =
            new Comparison(Competitor.GOFER, List.of(Competitor.CROSSBEAM, Competitor.TOKIO), "Gofer / best of Rust");
    static final Comparison WITH_FLAG =
            new Comparison(Competitor.WITH_FLAG, ON_JVM_BY_DEFAULT, "with the flag / best JVM peer");
    static final Comparison PLAIN =
            new Comparison(Competitor.PLAIN, ON_JVM_BY_DEFAULT, "plain library / best JVM peer");

    /// A ratio, and the peer with which Gofer was compared.
    record Outcome(Ratio ratio, String peer) {}

    /// Returns null if a figure is missing.
    @Nullable Outcome of(Map<String, Figure> figures) {
        Figure own = figures.get(ours);
        String peer = "";
        Figure best = null;
        for (String name : theirs) {
            Figure figure = figures.get(name);
            if (figure != null && (best == null || figure.median() < best.median())) {
                peer = name;
                best = figure;
            }
        }
        return own == null || best == null ? null : new Outcome(Ratio.of(own, best), peer);
    }

    String cell(Map<String, Figure> figures) {
        Outcome outcome = of(figures);
        return outcome == null ? "" : outcome.ratio.cell();
    }
}
