package gofer.runtime.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("one-configuration")
class IdRangesTest {

    @Test
    void consecutiveIdsAreOneRange() {
        assertThat(IdRanges.text(List.of())).isEmpty();
        assertThat(IdRanges.text(List.of(7L))).isEqualTo("7");
        assertThat(IdRanges.text(List.of(7L, 8L, 9L, 11L))).isEqualTo("7-9, 11");
        assertThat(IdRanges.text(LongStream.range(0, 1_000_000).boxed().toList())).isEqualTo("0-999999");
    }

    @Test
    void manyRangesAreAbbreviated() {
        List<Long> odd = LongStream.range(0, 8).map(i -> 2 * i + 1).boxed().toList();
        assertThat(IdRanges.text(odd)).isEqualTo("1, 3, 5, 7, 9, 11, 13, 15");
        List<Long> more = LongStream.range(0, 1000).map(i -> 2 * i + 1).boxed().toList();
        assertThat(IdRanges.text(more)).isEqualTo("1, 3, 5, 7, 9, 11, 13, 15, ...");
    }
}
