package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests of the core run in four configurations: schedulers and numbers of processors for virtual threads. A class with the tag
/// `one-configuration` runs in the default one only. So it must not have virtual threads: no goroutine, and nothing that starts one.
final class ConfigurationsTest {
    private static final String TAG = "@Tag(\"one-configuration\")";

    /// Platform threads may start and wait: no configuration changes them. A superclass might have anything.
    private static final Pattern VIRTUAL =
            Pattern.compile(
                    "\\bgo\\(|::go\\b|\\bGoroutines?\\b|\\w*[vV]irtual\\w*|\\bgosched\\b|\\bafterFunc\\b|\\bBubble\\b"
                            + "|\\bScheduling\\b|\\bGo\\.(?!class\\b)\\w+|class \\w+ extends\\b");

    @TempDir Path folder;

    @Test
    void aTestThatRunsInOneConfigurationHasNoVirtualThreads() throws IOException {
        List<Path> tagged = tagged(Library.ROOT);
        assertThat(tagged).isNotEmpty();
        for (Path file : tagged) {
            assertThat(virtual(read(file))).as("%s", file).isEmpty();
        }
    }

    /// Elsewhere it would change nothing.
    @Test
    void theTagIsForTheCore() throws IOException {
        assertThat(tagged(Library.ROOT)).allMatch(file -> file.startsWith(Library.ROOT.resolve("core")));
    }

    @Test
    void theDefaultConfigurationRunsAllAndTheOthersLeaveOutTheTagOnly() {
        String excluded = "<excludedGroups>${one.configuration}</excludedGroups>";
        String[] executions = read(Library.ROOT.resolve("core/pom.xml")).split("<execution>");
        for (String execution : executions) {
            boolean isOther = execution.contains("<id>one-processor</id>") || execution.contains("<id>own-scheduler");
            assertThat(execution.contains(excluded)).as(execution).isEqualTo(isOther);
            assertThat(execution).doesNotContain("<groups>");
        }
        assertThat(executions).filteredOn(execution -> execution.contains(excluded)).hasSize(3);
        assertThat(read(Library.ROOT.resolve("pom.xml")))
                .contains("<one.configuration>one-configuration</one.configuration>");
    }

    @Test
    void whatHasVirtualThreadsIsFound() throws IOException {
        for (String found : List.of("go(", "Goroutines", "startVirtualThread", "Go.after", "class A extends")) {
            assertThat(virtual("class B { void b() { " + found + " ...")).containsExactly(found);
        }
        assertThat(virtual("class A { void a() { crew.thread(() -> {}); Go.class.getName(); } }")).isEmpty();
        Path file = Files.createDirectories(folder.resolve("core/src/test/java")).resolve("ATest.java");
        Files.writeString(file, TAG + "\nclass ATest {}\n");
        assertThat(tagged(folder)).containsExactly(file);
    }

    private static List<String> virtual(String source) {
        return VIRTUAL.matcher(source).results().map(MatchResult::group).toList();
    }

    private static List<Path> tagged(Path root) throws IOException {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ConfigurationsTest::sources)
                    .filter(file -> read(file).lines().anyMatch(line -> line.strip().equals(TAG)))
                    .toList();
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
