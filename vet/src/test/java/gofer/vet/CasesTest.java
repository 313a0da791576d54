package gofer.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each check reports the lines of its cases that end with `// want` and its name, and no other line.
final class CasesTest {
    private static final Path CASES = Path.of("src/test/resources/cases");

    static List<Check> checks() {
        return Vet.checks();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void findingsAreTheExpectedOnes(Check check) throws IOException {
        var wanted = new TreeSet<String>();
        var found = new TreeSet<String>();
        int clean = 0;
        for (Path file : files(CASES.resolve(check.name()))) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("// want " + check.name())) wanted.add(place(file, i + 1, lines));
                if (lines.get(i).contains("// ok")) clean++;
            }
            for (Finding finding : Vetting.of(Vet.only(List.of(check.name())), file)) {
                assertThat(finding.check()).isEqualTo(check.name());
                found.add(place(file, finding.line(), lines));
            }
        }
        assertThat(found).isEqualTo(wanted);
        assertThat(wanted).as("flagged cases").hasSizeGreaterThanOrEqualTo(10);
        assertThat(clean).as("clean cases").isGreaterThanOrEqualTo(10);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String place(Path file, long line, List<String> lines) {
        return "%s:%03d %s".formatted(file.getFileName(), line, lines.get((int) line - 1).strip());
    }
}
