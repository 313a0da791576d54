package gofer.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The line chart of the peers: the cost of a hop in rings of 10 to 10^6 goroutines, on logarithmic axes.
final class Growth {

    private static final List<String> COLOURS =
            List.of("#1f4e79", "#2a7f62", "#c0504d", "#7f6000", "#7030a0", "#555555");

    private Growth() {}

    /// Returns a chart of the peers in the main table.
    static String chart(Map<Row, Map<String, Figure>> results) {
        Svg svg = new Svg(640, 380);
        svg.words(60, 16, "start", "black", "ns per hop in a ring of goroutines, by their number (logarithmic)");
        for (int power = 1; power <= 6; power++) {
            svg.words(x(Math.pow(10, power)), 370, "middle", "black", "10^" + power);
        }
        for (int power = 1; power <= 5; power++) {
            double y = y(Math.pow(10, power));
            svg.line(60, y, 500, y, "#cccccc");
            svg.words(54, y + 4, "end", "black", "10^" + power);
        }
        int index = 0;
        for (String peer : Table.MAIN.peers()) {
            StringBuilder points = new StringBuilder();
            costs(results, peer)
                    .forEach((size, cost) ->
                            points.append(Svg.number(x(size))).append(',').append(Svg.number(y(cost))).append(' '));
            if (!points.isEmpty()) {
                String colour = COLOURS.get(index++ % COLOURS.size());
                svg.polyline(points.toString(), colour);
                svg.words(505, 60 + 18 * index, "start", colour, peer);
            }
        }
        return svg.toString();
    }

    /// Returns the costs of `peer` by the size of the ring.
    private static Map<Integer, Double> costs(Map<Row, Map<String, Figure>> results, String peer) {
        Map<Integer, Double> costs = new TreeMap<>();
        results.forEach((row, figures) -> {
            if (row.name().startsWith("ring-") && figures.containsKey(peer)) {
                costs.put(Integer.parseInt(row.name().substring("ring-".length())), figures.get(peer).median());
            }
        });
        return costs;
    }

    private static double x(double size) {
        return 60 + 440 * (Math.log10(size) - 1) / 5;
    }

    private static double y(double cost) {
        return 355 - 320 * (Math.log10(cost) - 1) / 4;
    }
}
