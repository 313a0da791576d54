package gofer.conformance.vet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import gofer.Go;
import gofer.conformance.Pins;
import gofer.vet.Finding;
import gofer.vet.Vet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Tests the checks that `go vet` has too, on the twins of the programs that Go tests its own with: `a.go` of each analyzer. The
/// list of the twins is `vet/src/test/resources/twins.tsv`.
class TwinsTest {
    private static final Path CASES = Path.of("../vet/src/test/resources/cases");

    @Test
    @Pins("VT-02")
    void contextThatIsNotCancelledIsReported() throws IOException {
        assertReportsWhatItsTwinsExpect("LostCancel");
    }

    @Test
    @Pins("VT-03")
    void addInTheGoroutineThatItCountsIsReported() throws IOException {
        assertReportsWhatItsTwinsExpect("AddInGoroutine");
    }

    @Test
    @Pins("VT-04")
    void assertionInAnotherGoroutineIsReported() throws IOException {
        assertReportsWhatItsTwinsExpect("AssertInGoroutine");
    }

    @Test
    @Pins("VT-09")
    void resultThatIsNotUsedIsReported() throws IOException {
        assertReportsWhatItsTwinsExpect("UnusedResult");
    }

    private static void assertReportsWhatItsTwinsExpect(String check) throws IOException {
        Path twins = CASES.resolve(check).resolve("Twins.java");
        var wanted = new TreeSet<Long>();
        long number = 0;
        for (String line : Files.readAllLines(twins)) {
            number++;
            if (line.contains("// want " + check)) wanted.add(number);
        }
        assertThat(wanted).isNotEmpty();
        assertThat(lines(check, twins)).isEqualTo(wanted);
    }

    /// Returns the lines of a compact source file that `check` reports.
    private static Set<Long> lines(String check, Path file) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        String library = Path.of(Go.class.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
        var options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path")));
        options.addAll(List.of("--module-path", library, "--add-modules", "gofer"));
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var sources = files.getJavaFileObjects(file);
            var task = (JavacTask) compiler.getTask(null, files, problems, options, null, sources);
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            task.analyze();
            assertThat(problems.getDiagnostics()).noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
            var lines = new TreeSet<Long>();
            for (var unit : units)
                for (Finding finding : Vet.only(Set.of(check)).check(task, unit)) lines.add(finding.line());
            return lines;
        }
    }
}
