package gofer.bench;

import java.util.List;

/// The values measured in several rounds, per operation.
record Figure(double low, double median, double high) {

    static Figure of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int n = sorted.size();
        return new Figure(sorted.getFirst(), (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2, sorted.getLast());
    }

    double ratioTo(Figure other) {
        return median / other.median;
    }

    /// Returns the distance from the lowest to the highest value, as a share of the median.
    double spread() {
        return (high - low) / median;
    }
}
