package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
                List.of(
                        "core",
                        "testing",
                        "vet",
                        "cli",
                        "micrometer",
                        "conformance",
                        "examples",
                        "bench",
                        "it",
                        "site")) {
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
        List<String> names = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        names.add(root.relativize(file).toString());
                        return FileVisitResult.CONTINUE;
                    }
                });
        return names.stream().collect(Collectors.groupingBy(file -> file.toLowerCase(Locale.ROOT))).values().stream()
                .filter(alike -> alike.size() > 1)
                .toList();
    }
}
