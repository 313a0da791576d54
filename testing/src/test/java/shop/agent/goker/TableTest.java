package shop.agent.goker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/// The table `goker.tsv` has a line for each bug of [GoKer](https://github.com/timmyyuan/gobench) that blocks no goroutine. It
/// names the test of the bug, and how the search finds it, or the reason why it does not, which begins with a hyphen. The test of
/// the mended program has the same name with the suffix `Mended`. Other suffixes name variants.
class TableTest {

    private static final List<Class<?>> TWINS =
            List.of(
                    CapturedVariableTest.class,
                    ChannelMisuseTest.class,
                    CounterTest.class,
                    InsideAccessTest.class,
                    MissingLockTest.class,
                    OrderTest.class,
                    SettingTest.class,
                    TestLibraryMisuseTest.class,
                    WaitGroupMisuseTest.class);

    private static final int BUGS = 35;

    /// A line of the table.
    private record Line(String bug, String test, String found) {

        static Line of(String text) {
            String[] columns = text.split("\t", -1);
            assertThat(columns).as(text).hasSize(3);
            return new Line(columns[0], columns[1], columns[2]);
        }

        boolean isFound() {
            return !found.startsWith("- ");
        }

        /// The name of the bug without the slash.
        String method() {
            return bug.replace("/", "");
        }
    }

    private static List<Line> table() throws IOException {
        try (InputStream in = TableTest.class.getResourceAsStream("/goker.tsv")) {
            byte[] text = Objects.requireNonNull(in, "goker.tsv").readAllBytes();
            return new String(text, UTF_8).lines().skip(1).map(Line::of).toList();
        }
    }

    private static List<Method> tests() {
        return TWINS.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
    }

    private static String name(Method test) {
        return test.getDeclaringClass().getSimpleName() + '.' + test.getName();
    }

    @Test
    void eachBugIsListedOnce() throws IOException {
        assertThat(table()).extracting(Line::bug).doesNotHaveDuplicates().hasSize(BUGS);
    }

    @Test
    void eachBugHasTwoTests() throws IOException {
        Stream<String> expected = table().stream().map(Line::test).flatMap(test -> Stream.of(test, test + "Mended"));
        assertThat(tests()).extracting(TableTest::name).containsAll(expected.toList());
    }

    @Test
    void testHasTheNameOfTheBug() throws IOException {
        assertThat(table()).allMatch(line -> line.test().endsWith('.' + line.method()));
    }

    @Test
    void eachTestIsOfABug() throws IOException {
        List<String> named = table().stream().map(Line::test).toList();
        assertThat(tests()).allMatch(test -> named.contains(name(test).replaceFirst("(?<=\\d)[A-Z]\\w*$", "")));
    }

    @Test
    void testsOfBugsThatAreNotFoundAreDisabled() throws IOException {
        List<String> missed = table().stream().filter(line -> !line.isFound()).map(Line::test).toList();
        List<String> named = table().stream().map(Line::test).toList();
        assertThat(tests())
                .filteredOn(test -> test.isAnnotationPresent(Disabled.class))
                .extracting(TableTest::name)
                .filteredOn(named::contains)
                .containsExactlyInAnyOrderElementsOf(missed);
    }
}
