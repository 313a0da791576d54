package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tests of the core run in four configurations: two schedulers, each with one processor and with all processors. A class
/// with the tag `one-configuration` runs only in the default configuration. So it must not use virtual threads: no goroutine,
/// and nothing that starts one.
final class ConfigurationsTest {
    private static final String TAG = "@Tag(\"one-configuration\")";

    /// Signs of virtual threads. Platform threads are allowed: no configuration changes them. A superclass is not allowed,
    /// since it could start virtual threads.
    private static final Pattern VIRTUAL =
            Pattern.compile(
                    "\\bgo\\(|::go\\b|\\bGoroutines?\\b|\\w*[vV]irtual\\w*|\\bgosched\\b|\\bafterFunc\\b|\\bBubble\\b"
                            + "|\\bScheduling\\b|\\bGo\\.(?!class\\b)\\w+|class \\w+ extends\\b");

    @TempDir Path folder;

    @Test
    void testsForOneConfigurationUseNoVirtualThreads() throws IOException {
        List<Path> tagged = tagged(Library.ROOT);
        assertThat(tagged).isNotEmpty();
        for (Path file : tagged) {
            assertThat(virtual(RepositoryFiles.read(file))).as("%s", file).isEmpty();
        }
    }

    /// Other modules ignore it.
    @Test
    void onlyTestsOfTheCoreHaveTheTag() throws IOException {
        assertThat(tagged(Library.ROOT)).allMatch(file -> file.startsWith(Library.ROOT.resolve("core")));
    }

    @Test
    void onlyTheDefaultConfigurationRunsTestsWithTheTag() {
        String excluded = "<excludedGroups>${one.configuration}</excludedGroups>";
        String[] executions = RepositoryFiles.read(Library.ROOT.resolve("core/pom.xml")).split("<execution>");
        for (String execution : executions) {
            boolean isOther = execution.contains("<id>one-processor</id>") || execution.contains("<id>own-scheduler");
            assertThat(execution.contains(excluded)).as(execution).isEqualTo(isOther);
            assertThat(execution).doesNotContain("<groups>");
        }
        assertThat(executions).filteredOn(execution -> execution.contains(excluded)).hasSize(3);
        assertThat(RepositoryFiles.read(Library.ROOT.resolve("pom.xml")))
                .contains("<one.configuration>one-configuration</one.configuration>");
    }

    @Test
    void virtualThreadsAreFound() throws IOException {
        for (String found : List.of("go(", "Goroutines", "startVirtualThread", "Go.after", "class A extends")) {
            assertThat(virtual("class B { void b() { " + found + " ...")).containsExactly(found);
        }
        assertThat(virtual("class A { void a() { crew.thread(() -> {}); Go.class.getName(); } }")).isEmpty();
        RepositoryFiles.write(folder, "core/src/test/java/ATest.java", TAG + "\nclass ATest {}\n");
        assertThat(tagged(folder)).containsExactly(folder.resolve("core/src/test/java/ATest.java"));
    }

    private static List<String> virtual(String source) {
        return VIRTUAL.matcher(source).results().map(MatchResult::group).toList();
    }

    private static List<Path> tagged(Path root) throws IOException {
        return RepositoryFiles.below(root, ".java").stream()
                .filter(file -> RepositoryFiles.read(file).lines().anyMatch(line -> line.strip().equals(TAG)))
                .toList();
    }
}
