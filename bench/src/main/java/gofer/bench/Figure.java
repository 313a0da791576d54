package gofer.bench;

import java.util.List;

/// The values of the processes of a peer, per operation, in ascending order.
record Figure(List<Double> processes) {

    static Figure of(List<Double> processes) {
        return new Figure(processes.stream().sorted().toList());
    }

    static double median(List<Double> values) {
        return of(values).median();
    }

    double low() {
        return processes.getFirst();
    }

    double median() {
        int n = processes.size();
        return (processes.get((n - 1) / 2) + processes.get(n / 2)) / 2;
    }

    double high() {
        return processes.getLast();
    }

    /// Returns the distance from the lowest to the highest value, as a share of the median.
    double spread() {
        return (high() - low()) / median();
    }

    /// Returns the median, and half the spread if there are several processes.
    String cell() {
        String median = (median() < 100 ? "%.1f" : "%.0f").formatted(median());
        return processes.size() == 1 ? median : median + " ±%.0f%%".formatted(50 * spread());
    }
}
