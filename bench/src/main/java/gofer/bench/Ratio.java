package gofer.bench;

/// Gofer's figure divided by the figure of another peer.
///
/// @param low the lowest ratio of a process of Gofer to a process of the other
/// @param median the ratio of the medians
/// @param high the highest ratio of a process of Gofer to a process of the other
/// @param isSure whether both have enough processes for a verdict
record Ratio(double low, double median, double high, boolean isSure) {

    /// With fewer processes each, chance would call an equal peer behind in one of six comparisons or more.
    private static final int ENOUGH = 3;

    static Ratio of(Figure ours, Figure theirs) {
        int processes = Math.min(ours.processes().size(), theirs.processes().size());
        return new Ratio(
                ours.low() / theirs.high(),
                ours.median() / theirs.median(),
                ours.high() / theirs.low(),
                processes >= ENOUGH);
    }

    /// Returns whether each process of Gofer needed more than each process of the other.
    boolean isBehind() {
        return isAbove(1);
    }

    /// Returns whether the whole range is above `goal`.
    boolean isAbove(double goal) {
        return isSure && low > goal;
    }

    boolean isAhead() {
        return isSure && high < 1;
    }

    /// Returns k if chance calls Gofer behind in one of k comparisons with an equal peer. Among equal peers with `processes`
    /// each, all ways to mix their processes are equally likely, and in one of these ways all of Gofer's are the slowest.
    static long oddsOfChance(int processes) {
        long odds = 1;
        for (int i = 1; i <= processes; i++) {
            odds = odds * (processes + i) / i;
        }
        return odds;
    }

    /// Returns the ratio and its range.
    String text() {
        return "%.2f".formatted(median) + range();
    }

    /// Returns the ratio and its range: the ratio is bold if Gofer is behind, and has `≈` if Gofer is neither ahead nor behind.
    String cell() {
        String format = isBehind() ? "**%.2f**" : isSure && !isAhead() ? "≈ %.2f" : "%.2f";
        return format.formatted(median) + range();
    }

    /// A ratio of two processes has no range.
    private String range() {
        return low == high ? "" : " (%.2f to %.2f)".formatted(low, high);
    }
}
