package gofer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RatioTest {

    private static final Figure GO = Figure.of(List.of(110.0, 90.0, 100.0));

    @Test
    void rangeGoesOverAllPairsOfProcesses() {
        Ratio ratio = Ratio.of(Figure.of(List.of(220.0, 180.0, 210.0)), GO);

        assertThat(ratio.low()).isEqualTo(180.0 / 110);
        assertThat(ratio.median()).isCloseTo(2.1, within(1e-9));
        assertThat(ratio.high()).isEqualTo(220.0 / 90);
    }

    @Test
    void rangeAboveOneIsBehind() {
        Ratio ratio = Ratio.of(Figure.of(List.of(111.0, 130.0, 120.0)), GO);

        assertThat(ratio.isBehind()).isTrue();
        assertThat(ratio.isAhead()).isFalse();
        assertThat(ratio.cell()).isEqualTo("**1.20** (1.01 to 1.44)");
    }

    @Test
    void rangeBelowOneIsAhead() {
        Ratio ratio = Ratio.of(Figure.of(List.of(45.0, 50.0, 55.0)), GO);

        assertThat(ratio.isBehind()).isFalse();
        assertThat(ratio.isAhead()).isTrue();
        assertThat(ratio.cell()).isEqualTo("0.50 (0.41 to 0.61)");
    }

    @Test
    void rangeThatContainsOneIsNeither() {
        Ratio ratio = Ratio.of(Figure.of(List.of(109.0, 130.0, 120.0)), GO);

        assertThat(ratio.isBehind()).isFalse();
        assertThat(ratio.isAhead()).isFalse();
        assertThat(ratio.cell()).isEqualTo("≈ 1.20 (0.99 to 1.44)");
    }

    @Test
    void oneProcessIsNotEnough() {
        Ratio ratio = Ratio.of(Figure.of(List.of(200.0)), Figure.of(List.of(100.0)));

        assertThat(ratio.isBehind()).isFalse();
        assertThat(ratio.cell()).isEqualTo("2.00");
    }

    @Test
    void goalIsMissedIfTheWholeRangeIsAboveIt() {
        Ratio ratio = Ratio.of(Figure.of(List.of(60.0, 60.0, 60.0)), GO);

        assertThat(ratio.isAbove(0.5)).isTrue();
        assertThat(ratio.isAbove(0.55)).isFalse();
    }

    @Test
    void oddsOfChanceAreTheNumberOfOrders() {
        assertThat(Ratio.oddsOfChance(1)).isEqualTo(2);
        assertThat(Ratio.oddsOfChance(2)).isEqualTo(6);
        assertThat(Ratio.oddsOfChance(3)).isEqualTo(20);
        assertThat(Ratio.oddsOfChance(5)).isEqualTo(252);
    }
}
