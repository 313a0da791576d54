package gofer.conformance.race;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The corpus of Go's race detector has its twins in gofer.testing, where they run in explorations and in parallel.
class TwinsTest {

    private static final Path TESTING = Path.of("../testing/src/test");

    /// A line of the table.
    ///
    /// @param twin the class and the method, or a reason why there is none
    private record Line(String file, String test, String twin) {

        boolean races() {
            return !test.startsWith("TestNo");
        }

        boolean hasTwin() {
            return !twin.startsWith("-");
        }

        /// Returns whether the source of the twin is there, and expects a race if Go's test does.
        boolean isWritten() {
            String[] name = twin.split("\\.", -1);
            try {
                String source = Files.readString(TESTING.resolve("java/shop/agent/race").resolve(name[0] + ".java"));
                int begin = source.indexOf("    void " + name[1] + "()");
                int end = source.indexOf("\n    }\n", begin);
                return begin > 0 && source.substring(begin, end).contains(races() ? " race(" : " noRace(");
            } catch (IOException missing) {
                return false;
            }
        }
    }

    private static List<Line> lines() throws IOException {
        try (var lines = Files.lines(TESTING.resolve("resources/race-twins.tsv"))) {
            return lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Line(parts[0], parts[1], parts[2]))
                    .toList();
        }
    }

    @Test
    @Pins("RC-02")
    void corpusIsComplete() throws IOException {
        assertThat(lines()).filteredOn(Line::races).hasSize(239);
        assertThat(lines()).filteredOn(line -> !line.races()).hasSizeGreaterThanOrEqualTo(130);
    }

    @Test
    @Pins("RC-02")
    void twinRacesIfTheTestDoes() throws IOException {
        assertThat(lines()).filteredOn(Line::hasTwin).hasSizeGreaterThan(300).allMatch(Line::isWritten);
    }

    /// Most of the tests of a primitive have a twin.
    @ParameterizedTest
    @Pins("RC-02")
    @CsvSource({
        "chan, 20, 22",
        "select, 5, 5",
        "mutex, 3, 4",
        "rwmutex, 2, 3",
        "waitgroup, 4, 11",
        "sync, 4, 5",
        "pool, 1, 1",
        "time, 0, 6",
        "synctest, 5, 0"
    })
    void primitiveHasTwinsOfBothKinds(String primitive, int races, int others) throws IOException {
        List<Line> twins =
                lines().stream().filter(line -> line.file().equals(primitive + "_test.go") && line.hasTwin()).toList();
        assertThat(twins.stream().filter(Line::races)).hasSize(races);
        assertThat(twins).hasSize(races + others);
    }
}
