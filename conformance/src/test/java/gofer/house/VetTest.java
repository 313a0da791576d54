package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import gofer.Go;
import gofer.testing.Explore;
import gofer.vet.Finding;
import gofer.vet.Vet;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The checks of `gofer vet` find the bugs of the corpus, and report nothing in correct code.
final class VetTest {
    private static final Path CORPUS = Library.ROOT.resolve("conformance/corpus");

    /// The programs with a bug that a check finds, and the checks.
    private static final Map<String, String> FOUND =
            Map.ofEntries(
                    Map.entry("deadlock/DoubleLock", "LockTwice"),
                    Map.entry("deadlock/ForgottenClose", "NeverClosed"),
                    Map.entry("deadlock/ForgottenReceiver", "AbandonedSender"),
                    Map.entry("deadlock/LockOrder", "LockLeak"),
                    Map.entry("deadlock/LostSignal", "AwaitNotInLoop"),
                    Map.entry("deadlock/RecursiveReadLock", "LockLeak, LockTwice"),
                    Map.entry("deadlock/TooManyTokens", "LockLeak"),
                    Map.entry("leak/AbandonedReply", "AbandonedSender"),
                    Map.entry("leak/ContextLeftOpen", "LostCancel"),
                    Map.entry("leak/DoubleSend", "AbandonedSender"),
                    Map.entry("leak/FirstOfMany", "AbandonedSender"),
                    Map.entry("leak/JobsNeverClosed", "NeverClosed"),
                    Map.entry("leak/LockNotReleased", "LockLeak"),
                    Map.entry("leak/LocksInTwoOrders", "LockLeak"),
                    Map.entry("leak/PermitNotReleased", "LockLeak"),
                    Map.entry("leak/ProducerLeftBehind", "AbandonedSender"),
                    Map.entry("leak/ReadLockNotReleased", "LockLeak"),
                    Map.entry("order/AddAfterAwait", "AddInGoroutine"),
                    Map.entry("order/AnswerAtTheDeadline", "AbandonedSender"),
                    Map.entry("order/ClosedByTheReceiver", "ClosedTwice"),
                    Map.entry("order/GroupCancellationIgnored", "AbandonedSender"),
                    Map.entry("order/LostWakeUp", "AwaitNotInLoop"),
                    Map.entry("order/ReadLockBehindWriter", "LockTwice"),
                    Map.entry("partial/LockUpgrade", "LockLeak, LockTwice"),
                    Map.entry("partial/RecursiveLock", "LockTwice"),
                    Map.entry("partial/WaitersBehindCycle", "LockLeak"));

    @Test
    void bugsOfTheCorpusAreFound() throws IOException {
        var found = new TreeMap<String, TreeSet<String>>();
        for (String kind : List.of("deadlock", "leak", "order", "partial")) {
            for (Finding finding : programs(CORPUS.resolve(kind))) {
                String name = kind + "/" + name(finding).replace(".java", "");
                found.computeIfAbsent(name, _ -> new TreeSet<>()).add(finding.check());
            }
        }
        var checks = new TreeMap<String, String>();
        found.forEach((name, names) -> checks.put(name, String.join(", ", names)));
        assertThat(checks).containsExactlyInAnyOrderEntriesOf(FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conformance/corpus/fine", "examples", "examples/snippets", "cli/src/main/training"})
    void nothingIsReportedInCorrectPrograms(String folder) throws IOException {
        assertThat(programs(Library.ROOT.resolve(folder)).stream().map(VetTest::text)).isEmpty();
    }

    /// Tests that misuse Gofer on purpose suppress the checks by name. The modules `it` and `bench/peers` need libraries that
    /// are not here.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/src/test",
                "testing/src/main",
                "testing/src/test",
                "vet/src/main",
                "cli/src/main/java",
                "cli/src/test",
                "conformance/src",
                "examples/src",
                "bench/src"
            })
    void nothingIsReportedInThisRepository(String folder) throws IOException {
        var sources = new ArrayList<>(files(Library.ROOT.resolve(folder)));
        sources.removeIf(file -> file.endsWith("module-info.java") || file.toString().contains("resources"));
        assertThat(sources).hasSizeGreaterThan(2);
        assertThat(check(sources, List.of("-cp", System.getProperty("java.class.path"))).stream().map(VetTest::text))
                .isEmpty();
    }

    private static String text(Finding finding) {
        return name(finding) + ":" + finding.line() + " [" + finding.check() + "]";
    }

    private static String name(Finding finding) {
        return Path.of(finding.file()).getFileName().toString();
    }

    /// Returns the findings in the programs of a folder, which are compact source files.
    private static List<Finding> programs(Path folder) throws IOException {
        String modules = home(Go.class) + File.pathSeparator + home(Explore.class);
        List<Path> programs = files(folder).stream().filter(file -> file.resolveSibling("").equals(folder)).toList();
        assertThat(programs).isNotEmpty();
        return check(programs, List.of("-cp", "", "--module-path", modules, "--add-modules", "gofer.testing"));
    }

    private static String home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
    }

    private static List<Finding> check(List<Path> sources, List<String> path) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var options = new ArrayList<>(List.of("-proc:none", "-nowarn", "-implicit:none"));
        options.addAll(path);
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var trees = files.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) compiler.getTask(null, files, problems, options, null, trees);
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            task.analyze();
            assertThat(problems.getDiagnostics()).noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
            var found = new ArrayList<Finding>();
            for (var unit : units) found.addAll(Vet.standard().check(task, unit));
            return found;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted(Comparator.naturalOrder()).toList();
        }
    }
}
