package gofer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FigureTest {

    @Test
    void medianOfAnOddNumberIsTheMiddle() {
        assertThat(Figure.of(List.of(3.0, 1.0, 100.0)).median()).isEqualTo(3);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Figure.of(List.of(4.0, 1.0, 100.0, 3.0)).median()).isEqualTo(3.5);
    }

    @Test
    void cellOfOneProcessHasNoSpread() {
        assertThat(Figure.of(List.of(120.0)).cell()).isEqualTo("120");
    }

    @Test
    void cellShowsHalfTheSpread() {
        assertThat(Figure.of(List.of(90.0, 100.0, 130.0)).cell()).isEqualTo("100 ±20%");
        assertThat(Figure.of(List.of(9.0, 9.0, 9.0)).cell()).isEqualTo("9.0 ±0%");
    }
}
