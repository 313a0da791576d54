package gofer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The bar chart of the rows: Gofer's time as a share of Go's, on a logarithmic axis. Each row has a bar for each way to run
/// Gofer.
final class Chart {

    private static final int LABELS = 190;
    private static final int PLOT = 560;
    private static final int TOP = 52;
    private static final int BAR = 8;
    private static final int GAP = 6;

    /// The ratios at which the chart draws a line.
    private static final double[] TICKS = {0.1, 0.25, 0.5, 1, 2, 4};

    /// The peers for Gofer, with their colours.
    private static final Map<String, String> COLOURS = new LinkedHashMap<>();

    static {
        COLOURS.put(Competitor.GOFER, "#2a7f62");
        COLOURS.put(Competitor.WITH_FLAG, "#8fc9b3");
        COLOURS.put(Competitor.PLAIN, "#d9a441");
    }

    private Chart() {}

    static String ratios(Map<Row, Map<String, Figure>> results) {
        Map<Row, Map<String, Figure>> rows = new LinkedHashMap<>(results);
        rows.values().removeIf(figures -> !figures.containsKey(Competitor.GO));
        int rowHeight = COLOURS.size() * BAR + GAP;
        int height = TOP + rows.size() * rowHeight + 20;
        Svg svg = new Svg(LABELS + PLOT + 60, height);
        legend(svg);
        for (double tick : TICKS) {
            double x = LABELS + position(tick);
            svg.line(x, TOP - 6, x, height - 16, tick == 1 ? "black" : "#cccccc");
            svg.words(x, height - 4, "middle", "black", Svg.number(tick));
        }
        double y = TOP;
        for (Map.Entry<Row, Map<String, Figure>> row : rows.entrySet()) {
            svg.words(LABELS - 6, y + rowHeight / 2.0, "end", "black", row.getKey().name());
            bars(svg, y, row.getValue());
            y += rowHeight;
        }
        return svg.toString();
    }

    private static void legend(Svg svg) {
        svg.words(LABELS, 16, "start", "black", "Time as a share of Go's (logarithmic; left of 1 is faster)");
        double x = LABELS;
        for (Map.Entry<String, String> peer : COLOURS.entrySet()) {
            String text = peer.getKey().equals(Competitor.GOFER) ? "Gofer, with the launcher" : peer.getKey();
            svg.rectangle(x, 26, BAR, BAR, peer.getValue());
            svg.words(x + BAR + 4, 34, "start", "black", text);
            x += 160;
        }
    }

    private static void bars(Svg svg, double top, Map<String, Figure> figures) {
        double one = LABELS + position(1);
        double y = top;
        for (Map.Entry<String, String> peer : COLOURS.entrySet()) {
            var outcome = new Comparison(peer.getKey(), List.of(Competitor.GO), "").of(figures);
            if (outcome != null) {
                double ratio = outcome.ratio().median();
                double x = LABELS + position(ratio);
                svg.rectangle(Math.min(one, x), y, Math.abs(x - one), BAR, peer.getValue());
                svg.words(Math.max(one, x) + 4, y + BAR, "start", "black", String.format(Locale.ROOT, "%.2f", ratio));
            }
            y += BAR;
        }
    }

    private static double position(double ratio) {
        double low = Math.log(0.03);
        double high = Math.log(6);
        return PLOT * (Math.clamp(Math.log(ratio), low, high) - low) / (high - low);
    }
}
