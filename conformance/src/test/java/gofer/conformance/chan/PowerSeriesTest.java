package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import gofer.conformance.chan.Series.Fraction;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Power series as networks of goroutines: `powser1.go`, `powser2.go`.
class PowerSeriesTest {

    @Test
    @Pins("CH-10")
    void sumsAndMultiples() {
        assertCoefficients(Series.ones().plus(Series.ones()), "2 2 2 2 2 2");
        assertCoefficients(Series.ones().times(Fraction.of(1, 3)), "1/3 1/3 1/3");
        assertCoefficients(Series.ones().shifted().plus(Series.ones()), "1 2 2 2");
    }

    @Test
    @Pins("CH-10")
    void derivativesAndIntegrals() {
        assertCoefficients(Series.ones().derivative(), "1 2 3 4 5 6 7");
        assertCoefficients(Series.ones().integral(Fraction.ZERO), "0 1 1/2 1/3 1/4 1/5");
        assertCoefficients(Series.ones().derivative().integral(Fraction.ONE), "1 1 1 1 1 1");
    }

    @Test
    @Pins("CH-10")
    void products() {
        assertCoefficients(Series.ones().times(Series.ones()), "1 2 3 4 5 6 7");
        Series two = Series.ones().plus(Series.ones());
        assertCoefficients(two.times(Series.ones()), "2 4 6 8 10");
    }

    @Test
    @Pins("CH-10")
    void seriesMayBeReadTwice() {
        Series[] twins = Series.ones().derivative().split();
        assertCoefficients(twins[0], "1 2 3 4 5");
        assertCoefficients(twins[1], "1 2");
        assertCoefficients(twins[0], "6 7");
        assertCoefficients(twins[1], "3 4 5 6 7 8");
    }

    /// `exp' = exp`, and `tan' = 1 + tan * tan`.
    @Test
    @Pins({"CH-10", "SE-05"})
    void recursivelyDefinedSeries() {
        assertCoefficients(Series.fixedPoint(exp -> exp.integral(Fraction.ONE)), "1 1 1/2 1/6 1/24 1/120 1/720");
        Series tangent =
                Series.fixedPoint(tan -> {
                    Series[] twins = tan.split();
                    return Series.one().plus(twins[0].times(twins[1])).integral(Fraction.ZERO);
                });
        assertCoefficients(tangent, "0 1 0 1/3 0 2/15 0 17/315 0 62/2835");
    }

    private static void assertCoefficients(Series series, String expected) {
        String[] all = expected.split(" ");
        assertThat(series.first(all.length)).extracting(Fraction::toString).isEqualTo(Arrays.asList(all));
    }
}
