package gofer.house;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Draws a [PackageGraph] as an SVG: a box for each node, and arrows down to the nodes that it uses.
final class Drawing {

    /*
     * A node is in the row of its height. An edge that skips rows passes through a point in each, so that no arrow runs behind
     * a box. Each row is sorted by the positions of the neighbours in the row below, then by those above, several times.
     */

    private static final int WIDTH = 960;
    private static final int ROW = 104;
    private static final int BOX = 170;
    private static final int LINE = 17;
    private static final int TOP = 70;

    /// A node, or a point of an edge. A point has no lines.
    private record Place(String key, int row, List<String> lines) {}

    private final PackageGraph graph;
    private final Function<String, String> colour; // of a package
    private final List<List<Place>> rows = new ArrayList<>(); // from the bottom
    private final Map<Place, List<Place>> below = new HashMap<>();
    private final Map<Place, List<Place>> above = new HashMap<>();

    /// @param mark returns the label of a package
    private Drawing(PackageGraph graph, Function<String, String> mark, Function<String, String> colour) {
        this.graph = graph;
        this.colour = colour;
        for (String node : graph.edges().keySet()) {
            place(node, graph.height(node), graph.node(node).stream().map(mark).toList());
        }
        graph.edges().forEach((from, used) -> used.forEach(to -> connect(placeOf(from), placeOf(to))));
        for (int i = 0; i < 8; i++) {
            rows.forEach(row -> sort(row, below));
            rows.reversed().forEach(row -> sort(row, above));
        }
        rows.forEach(row -> sort(row, below));
    }

    /// @param legend each colour with its meaning
    static String of(
            PackageGraph graph,
            Function<String, String> mark,
            Function<String, String> colour,
            Map<String, String> legend) {
        return new Drawing(graph, mark, colour).svg(legend);
    }

    private Place place(String key, int row, List<String> lines) {
        while (rows.size() <= row) rows.add(new ArrayList<>());
        var place = new Place(key, row, lines);
        rows.get(row).add(place);
        return place;
    }

    private Place placeOf(String node) {
        return rows.get(graph.height(node)).stream().filter(p -> p.key.equals(node)).findFirst().orElseThrow();
    }

    private void connect(Place from, Place to) {
        Place upper = from;
        for (int row = from.row - 1; row >= to.row; row--) {
            Place lower = row == to.row ? to : place(from.key + ">" + to.key, row, List.of());
            below.computeIfAbsent(upper, _ -> new ArrayList<>()).add(lower);
            above.computeIfAbsent(lower, _ -> new ArrayList<>()).add(upper);
            upper = lower;
        }
    }

    private void sort(List<Place> row, Map<Place, List<Place>> neighbours) {
        var wanted = new HashMap<Place, Double>();
        for (Place place : row) {
            List<Place> others = neighbours.getOrDefault(place, List.of());
            wanted.put(place, others.stream().mapToDouble(this::x).average().orElse(x(place)));
        }
        row.sort(Comparator.<Place, Double>comparing(wanted::get).thenComparing(Place::key));
    }

    private double x(Place place) {
        List<Place> row = rows.get(place.row);
        return (row.indexOf(place) + 0.5) * WIDTH / row.size();
    }

    private int y(Place place) {
        return TOP + (rows.size() - 1 - place.row) * ROW + ROW / 2;
    }

    private static int half(Place place) {
        return place.lines.isEmpty() ? 0 : (place.lines.size() * LINE + 16) / 2;
    }

    private String svg(Map<String, String> legend) {
        var svg = new StringBuilder();
        int height = TOP + rows.size() * ROW + 10;
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"".formatted(WIDTH, height));
        line(svg, "     font-family=\"sans-serif\" font-size=\"13\" text-anchor=\"middle\">");
        line(svg, "<title>The packages of Gofer, and which uses which</title>");
        line(svg, "<defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"10\" refY=\"5\" markerWidth=\"8\"");
        line(
                svg,
                "        markerHeight=\"8\" orient=\"auto\"><path d=\"M0 1L10 5L0 9z\""
                        + " fill=\"#555\"/></marker></defs>");
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>".formatted(WIDTH, height));
        int at = 20;
        for (var entry : legend.entrySet()) {
            line(svg, "<rect x=\"%d\" y=\"20\" width=\"14\" height=\"14\" fill=\"%s\"/>".formatted(at, entry.getKey()));
            line(svg, "<text x=\"%d\" y=\"32\" text-anchor=\"start\">%s</text>".formatted(at + 20, entry.getValue()));
            at += 40 + 8 * entry.getValue().length();
        }
        line(
                svg,
                "<text x=\"20\" y=\"56\" text-anchor=\"start\" fill=\"#555\">An arrow means: uses. Arrows that follow"
                    + " from others are left out. Packages in one box use each other. In parentheses: not exported to"
                    + " users.</text>");
        rows.reversed().forEach(row -> row.forEach(place -> arrows(svg, place)));
        rows.reversed().forEach(row -> row.forEach(place -> box(svg, place)));
        return svg.append("</svg>\n").toString();
    }

    private void arrows(StringBuilder svg, Place place) {
        for (Place to : below.getOrDefault(place, List.of())) {
            line(
                    svg,
                    "<path d=\"M%d %dL%d %d\" stroke=\"#555\" fill=\"none\"%s/>"
                            .formatted(
                                    Math.round(x(place)),
                                    y(place) + half(place),
                                    Math.round(x(to)),
                                    y(to) - half(to),
                                    to.lines.isEmpty() ? "" : " marker-end=\"url(#head)\""));
        }
    }

    private void box(StringBuilder svg, Place place) {
        if (place.lines.isEmpty()) return;
        long x = Math.round(x(place));
        int top = y(place) - half(place);
        line(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"#555\"/>"
                        .formatted(
                                x - BOX / 2,
                                top,
                                BOX,
                                2 * half(place),
                                colour.apply(graph.node(place.key).getFirst())));
        for (int i = 0; i < place.lines.size(); i++) {
            line(svg, "<text x=\"%d\" y=\"%d\">%s</text>".formatted(x, top + 21 + i * LINE, place.lines.get(i)));
        }
    }

    private static void line(StringBuilder svg, String text) {
        svg.append(text).append('\n');
    }
}
