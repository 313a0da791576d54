package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On macOS and Windows, files whose names differ only by case are the same file.
final class FileNamesTest {
    @TempDir Path folder;

    @Test
    void fileNamesDifferNotOnlyByCase() throws IOException {
        for (String module :
                List.of("core", "testing", "cli", "micrometer", "conformance", "examples", "bench", "it")) {
            assertThat(twins(Library.ROOT.resolve(module))).as(module).isEmpty();
        }
    }

    @Test
    void twinsAreFound() throws IOException {
        Files.createDirectories(folder.resolve("a"));
        Files.createFile(folder.resolve("a/WakeUp.java"));
        Files.createFile(folder.resolve("a/Other.java"));
        Files.createDirectories(folder.resolve("A"));
        Files.createFile(folder.resolve("A/Wakeup.java"));
        long files;
        try (var all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).count();
        }
        assertThat(twins(folder))
                .hasSize(files == 3 ? 1 : 0); // on such a system the second file has replaced the first
    }

    private static List<List<String>> twins(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files
                    .filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> !file.contains("target"))
                    .collect(Collectors.groupingBy(file -> file.toLowerCase(Locale.ROOT)))
                    .values()
                    .stream()
                    .filter(alike -> alike.size() > 1)
                    .toList();
        }
    }
}
