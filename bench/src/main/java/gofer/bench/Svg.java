package gofer.bench;

import java.util.Locale;

/// A picture as SVG.
final class Svg {

    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height) {
        text.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                                + " font-size=\"11\">\n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n")
                        .formatted(width, height));
    }

    void line(double x1, double y1, double x2, double y2, String colour) {
        text.append(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n"
                        .formatted(number(x1), number(y1), number(x2), number(y2), colour));
    }

    void rectangle(double x, double y, double width, double height, String colour) {
        text.append(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>%n"
                        .formatted(number(x), number(y), number(width), number(height), colour));
    }

    /// Adds a line through `points`, which are pairs "x,y" with spaces between them.
    void polyline(String points, String colour) {
        text.append(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n".formatted(points, colour));
    }

    /// Adds words. `anchor` says which part of them is at `x`: start, middle or end.
    void words(double x, double y, String anchor, String colour, String words) {
        text.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n"
                        .formatted(number(x), number(y), anchor, colour, words));
    }

    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
