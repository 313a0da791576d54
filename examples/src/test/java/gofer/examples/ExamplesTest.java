package gofer.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every source file below `examples/`, and compares its output with the file below `examples/expected/`.
final class ExamplesTest {
    static List<Example> all() throws IOException {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void outputIsAsExpected(Example example) throws Exception {
        Expectation expectation = Expectation.of(example);
        Example.Outcome outcome = example.run();
        assertThat(outcome.status()).as("status of %s: %s", example, outcome).isEqualTo(example.expectedStatus());
        assertThat(expectation.align(outcome.out())).isEqualTo(expectation.lines());
    }

    @Test
    void everyExpectationBelongsToAnExample() throws IOException {
        Set<String> owned = new TreeSet<>();
        for (Example example : Example.all()) {
            for (String ending : List.of(".txt", ".unordered.txt", ".args", ".status"))
                owned.add(example.expected(ending).toString());
        }
        try (var files = Files.walk(Example.ROOT.resolve("examples/expected"))) {
            var found = files.filter(Files::isRegularFile).map(f -> Example.ROOT.relativize(f).toString());
            assertThat(found).allMatch(owned::contains, "belongs to an example");
        }
    }

    @Test
    void exampleWithoutExpectationFails() {
        assertThatThrownBy(() -> Expectation.of(new Example(Path.of("examples/Missing.java"))))
                .hasMessageContaining("examples/expected/Missing.txt");
    }

    @Test
    void dotsMatchAnyText() {
        var ordered = new Expectation(List.of("took ... ms", "a.b"), true);
        assertThat(ordered.align(List.of("took 12 ms", "a.b"))).isEqualTo(ordered.lines());
        assertThat(ordered.align(List.of("took 12 s", "a.b"))).isNotEqualTo(ordered.lines());
        assertThat(ordered.align(List.of("took 12 ms", "axb"))).isNotEqualTo(ordered.lines());
        assertThat(ordered.align(List.of("took 12 ms"))).isNotEqualTo(ordered.lines());
    }

    @Test
    void unorderedLinesMustAllBePresent() {
        var unordered = new Expectation(List.of("a", "b", "b"), false);
        assertThat(unordered.align(List.of("b", "a", "b"))).isEqualTo(unordered.lines());
        assertThat(unordered.align(List.of("b", "a", "a"))).isNotEqualTo(unordered.lines());
        assertThat(unordered.align(List.of("b", "a", "b", "c"))).isNotEqualTo(unordered.lines());
    }
}
