package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are short enough to be read in one sitting.
final class SizesTest {
    @TempDir Path folder;

    @Test
    void noFileIsTooLong() throws IOException {
        assertThat(tooLong(Library.ROOT)).isEmpty();
    }

    @Test
    void limitIs500LinesAnd400ForTests() throws IOException {
        write("core/src/main/java/Long.java", 501);
        write("core/src/main/java/Fits.java", 500);
        write("cli/src/test/java/LongTest.java", 401);
        write("cli/src/test/java/FitsTest.java", 400);
        assertThat(tooLong(folder))
                .containsExactly(
                        "cli/src/test/java/LongTest.java has 401 lines, 400 are the most",
                        "core/src/main/java/Long.java has 501 lines, 500 are the most");
    }

    private static List<String> tooLong(Path root) throws IOException {
        try (var modules = Files.list(root)) {
            return modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .flatMap(SizesTest::sources)
                    .map(file -> judge(root.relativize(file), lines(file)))
                    .filter(line -> !line.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    private static String judge(Path file, long lines) {
        int most = file.startsWith(file.subpath(0, 1).resolve("src/test")) ? 400 : 500;
        return lines <= most ? "" : file + " has " + lines + " lines, " + most + " are the most";
    }

    private static Stream<Path> sources(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void write(String name, int lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "//\n".repeat(lines));
    }
}
