package shop.agent.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table `race-twins.tsv` has a line for each of Go's race tests. It names the twin, or the reason why there is none, which
/// begins with a hyphen.
class RaceTwinsTest {

    private static final List<Class<?>> TWINS =
            List.of(
                    ArrayRaceTest.class,
                    AtomicRaceTest.class,
                    CallRaceTest.class,
                    ChanRaceTest.class,
                    ChanUseRaceTest.class,
                    CompositeRaceTest.class,
                    ExpressionRaceTest.class,
                    JdkArrayRaceTest.class,
                    MapRaceTest.class,
                    MemoryRaceTest.class,
                    MutexRaceTest.class,
                    ObjectRaceTest.class,
                    SelectRaceTest.class,
                    SyncRaceTest.class,
                    TimeRaceTest.class,
                    WaitGroupRaceTest.class);

    /// A line of the table.
    private record Line(String file, String test, String twin) {

        static Line of(String text) {
            String[] columns = text.split("\t", -1);
            assertThat(columns).as(text).hasSize(3);
            return new Line(columns[0], columns[1], columns[2]);
        }

        boolean hasTwin() {
            return !twin.startsWith("- ");
        }

        /// Go's name without `Test`, in lower camel case.
        String method() {
            return Character.toLowerCase(test.charAt("Test".length())) + test.substring("Test".length() + 1);
        }
    }

    private static List<Line> table() throws IOException {
        try (InputStream in = RaceTwinsTest.class.getResourceAsStream("/race-twins.tsv")) {
            byte[] text = Objects.requireNonNull(in, "race-twins.tsv").readAllBytes();
            return new String(text, UTF_8).lines().skip(1).map(Line::of).toList();
        }
    }

    @Test
    void tableNamesEachTwinOnce() throws IOException {
        Stream<String> named = table().stream().filter(Line::hasTwin).map(Line::twin);
        Stream<String> written =
                TWINS.stream()
                        .flatMap(type ->
                                Arrays.stream(type.getDeclaredMethods())
                                        .filter(method -> method.isAnnotationPresent(Test.class))
                                        .map(method -> type.getSimpleName() + '.' + method.getName()));
        assertThat(named).containsExactlyInAnyOrderElementsOf(written.toList());
    }

    @Test
    void twinHasTheNameOfGosTest() throws IOException {
        assertThat(table()).filteredOn(Line::hasTwin).allMatch(line -> line.twin().endsWith('.' + line.method()));
    }

    @Test
    void eachTestOfGoIsListedOnce() throws IOException {
        assertThat(table()).extracting(line -> line.file() + ' ' + line.test()).doesNotHaveDuplicates();
    }
}
