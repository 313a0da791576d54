package gofer.vet.errorprone;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.vet.Check;
import gofer.vet.Vet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// With Error Prone, each check reports the same lines of the cases of `gofer.vet` as without it, each once.
final class CasesTest {
    private static final Path CASES = Path.of("../vet/src/test/resources/cases");

    @TempDir Path output;

    static List<Check> checks() {
        return Vet.checks();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void findingsAreTheExpectedOnes(Check check) throws IOException {
        var wanted = new TreeSet<String>();
        var found = new ArrayList<String>();
        for (Path file : files(CASES.resolve(check.name()))) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++)
                if (lines.get(i).contains("// want " + check)) wanted.add(place(file, i + 1));
            String only = "-Xep:" + check + ":DEFAULT";
            for (var message : Compiler.compile(file, output, "-XepDisableAllChecks", only)) {
                assertThat(message.check()).isEqualTo(check.name());
                found.add(place(file, message.line()));
            }
        }
        assertThat(wanted).hasSizeGreaterThanOrEqualTo(10);
        assertThat(new TreeSet<>(found)).isEqualTo(wanted);
        assertThat(found).doesNotHaveDuplicates();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String place(Path file, long line) {
        return file.getFileName() + ":" + line;
    }
}
