package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        write("bench/peers/src/main/java/Long.java", 501);
        write("core/src/main/java/Fits.java", 500);
        write("cli/src/test/java/LongTest.java", 401);
        write("cli/src/test/java/FitsTest.java", 400);
        assertThat(tooLong(folder))
                .containsExactly(
                        "bench/peers/src/main/java/Long.java has 501 lines; the limit is 500",
                        "cli/src/test/java/LongTest.java has 401 lines; the limit is 400");
    }

    private static List<String> tooLong(Path root) throws IOException {
        var found = new ArrayList<String>();
        for (Path file : RepositoryFiles.below(root, ".java", ".kt", ".go", ".js", ".css")) {
            String name = RepositoryFiles.name(root, file);
            long lines = RepositoryFiles.read(file).lines().count();
            int limit = name.contains("src/test/") ? 400 : 500;
            if (lines > limit) found.add(name + " has " + lines + " lines; the limit is " + limit);
        }
        return found;
    }

    private void write(String name, int lines) throws IOException {
        RepositoryFiles.write(folder, name, "//\n".repeat(lines));
    }
}
