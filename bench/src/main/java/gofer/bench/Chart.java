package gofer.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Charts of the figures, as SVG.
final class Chart {

    private static final int LABELS = 190;
    private static final int PLOT = 560;
    private static final int BAR = 14;

    /// The ratios at which the charts draw a line.
    private static final double[] TICKS = {0.1, 0.25, 0.5, 1, 2, 4};

    private static final String HEAD =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                    + " font-size=\"11\">\n"
                    + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n";

    private Chart() {}

    /// Returns a bar chart of the rows: Gofer's time as a share of Go's, on a logarithmic axis.
    static String ratios(Map<Row, Map<String, Figure>> results) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        results.forEach((row, figures) -> {
            Figure go = figures.get(Competitor.GO);
            Figure ours = figures.get(Competitor.GOFER);
            if (go != null && ours != null) {
                ratios.put(row.name(), ours.ratioTo(go));
            }
        });
        int height = 50 + ratios.size() * (BAR + 4);
        StringBuilder svg = new StringBuilder(HEAD.formatted(LABELS + PLOT + 60, height));
        text(svg, LABELS, 16, "start", "Gofer's time as a share of Go's (logarithmic; left of 1 is faster)");
        for (double tick : TICKS) {
            double x = LABELS + position(tick);
            line(svg, x, 28, x, height - 16, tick == 1 ? "black" : "#cccccc");
            text(svg, x, height - 4, "middle", number(tick));
        }
        double y = 32;
        for (Map.Entry<String, Double> row : ratios.entrySet()) {
            bar(svg, y, row.getKey(), row.getValue());
            y += BAR + 4;
        }
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, double y, String name, double ratio) {
        double one = LABELS + position(1);
        double x = LABELS + position(ratio);
        svg.append(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%d\" fill=\"%s\"/>%n"
                        .formatted(
                                number(Math.min(one, x)),
                                number(y),
                                number(Math.abs(x - one)),
                                BAR,
                                ratio <= 1 ? "#2a7f62" : "#c0504d"));
        text(svg, LABELS - 6, y + BAR - 3, "end", name);
        text(svg, Math.max(one, x) + 4, y + BAR - 3, "start", String.format(Locale.ROOT, "%.2f", ratio));
    }

    /// Returns a line chart of the peers: the cost of a hop in rings of 10 to 10^6 goroutines, on logarithmic axes.
    static String growth(Map<Row, Map<String, Figure>> results) {
        Map<String, TreeMap<Integer, Double>> lines = new TreeMap<>();
        results.forEach((row, figures) -> {
            if (row.name().startsWith("ring-")) {
                int size = Integer.parseInt(row.name().substring("ring-".length()));
                figures.forEach(
                        (name, figure) -> lines.computeIfAbsent(name, _ -> new TreeMap<>()).put(size, figure.median()));
            }
        });
        String[] colours = {"#1f4e79", "#2a7f62", "#c0504d", "#7f6000", "#7030a0", "#555555"};
        StringBuilder svg = new StringBuilder(HEAD.formatted(640, 380));
        text(svg, 60, 16, "start", "ns per hop in a ring of goroutines, by their number (logarithmic)");
        for (int power = 1; power <= 6; power++) {
            text(svg, growthX(Math.pow(10, power)), 370, "middle", "10^" + power);
        }
        for (int power = 1; power <= 5; power++) {
            double y = growthY(Math.pow(10, power));
            line(svg, 60, y, 500, y, "#cccccc");
            text(svg, 54, y + 4, "end", "10^" + power);
        }
        int index = 0;
        for (Map.Entry<String, TreeMap<Integer, Double>> peer : lines.entrySet()) {
            String colour = colours[index++ % colours.length];
            StringBuilder points = new StringBuilder();
            peer.getValue()
                    .forEach((size, cost) ->
                            points.append(number(growthX(size))).append(',').append(number(growthY(cost))).append(' '));
            svg.append(
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n"
                            .formatted(points, colour));
            svg.append(
                    "<text x=\"505\" y=\"%d\" fill=\"%s\">%s</text>%n"
                            .formatted(60 + 18 * index, colour, peer.getKey()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double position(double ratio) {
        double low = Math.log(0.03);
        double high = Math.log(6);
        return PLOT * (Math.clamp(Math.log(ratio), low, high) - low) / (high - low);
    }

    private static double growthX(double size) {
        return 60 + 440 * (Math.log10(size) - 1) / 5;
    }

    private static double growthY(double cost) {
        return 355 - 320 * (Math.log10(cost) - 1) / 4;
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n"
                        .formatted(number(x1), number(y1), number(x2), number(y2), colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n".formatted(number(x), number(y), anchor, text));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
