package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents, comments and messages are written in plain English: no phrase of [Prose] is in them.
final class ProseTest {
    /// The endings of the names of the files to check. In Java files, comments and string literals are checked, in all others
    /// the whole text.
    private static final String[] ENDINGS = {
        ".md", ".java", ".kt", ".go", "pom.xml", ".js", ".css", ".html", ".yml", ".tsv", "/run", "/jdk", "gofer"
    };

    /// The bench writes the first; the others contain the phrases.
    private static final Set<String> SKIPPED = Set.of("benchmarks.md", "Prose.java", "ProseTest.java");

    @TempDir Path folder;

    @Test
    void repositoryIsInPlainEnglish() throws IOException {
        assertThat(files(Library.ROOT)).hasSizeGreaterThan(500);
        assertThat(faults(Library.ROOT)).isEmpty();
    }

    @Test
    void phrasesAreFoundAcrossLinesButNotInCode() throws IOException {
        Files.writeString(
                folder.resolve("page.md"),
                """
                # Who
                It tries in
                vain. Who? `in vain`, [here](in_vain.md)

                - It works
                  henceforth.
                ```
                in vain
                ```
                """);
        assertThat(faults(folder))
                .containsExactly(
                        "page.md:1: 'Who', better: name it: a goroutine that ..., a program that ...",
                        "page.md:2: 'in vain', better: without success",
                        "page.md:6: 'henceforth', better: two sentences");
    }

    @Test
    void commentsAndLiteralsOfJavaFilesAreChecked() throws IOException {
        RepositoryFiles.write(folder, "target/Generated.java", "// in vain");
        Files.writeString(
                folder.resolve("Source.java"),
                """
                /// It tries in
                /// vain, in `henceforth`.
                class Source { // whereupon
                    char henceforth = '"';
                    String a = "hitherto \\" henceforth", b = "in" + "vain";
                    /* In
                     * vain. */
                    char quote = '\\''; // thereby
                    String text = \"""
                            hitherto\""";
                }
                """);
        assertThat(faults(folder))
                .extracting(fault -> fault.replaceFirst(", better.*", ""))
                .containsExactly(
                        "Source.java:1: 'in vain'",
                        "Source.java:3: 'whereupon'",
                        "Source.java:5: 'hitherto'",
                        "Source.java:5: 'henceforth'",
                        "Source.java:6: 'In vain'",
                        "Source.java:8: 'thereby'",
                        "Source.java:10: 'hitherto'");
    }

    @Test
    void scriptsAndPomsAreChecked() throws IOException {
        RepositoryFiles.write(folder, ".ci/run", "# in vain\n");
        RepositoryFiles.write(folder, "a/pom.xml", "<!-- in vain -->\n");
        RepositoryFiles.write(folder, "gofer", "# in vain\n");
        RepositoryFiles.write(folder, "data.bin", "in vain\n");
        assertThat(faults(folder))
                .extracting(fault -> fault.replaceFirst(":.*", ""))
                .containsExactly(".ci/run", "a/pom.xml", "gofer");
    }

    @Test
    void somePhrasesAreForbiddenOnlyInDocuments() throws IOException {
        Files.writeString(folder.resolve("page.md"), "The loop goes on.");
        Files.writeString(folder.resolve("Source.java"), "// The loop goes on.");
        assertThat(faults(folder)).containsExactly("page.md:1: 'goes on', better: continue");
    }

    private static List<String> faults(Path root) throws IOException {
        var faults = new ArrayList<String>();
        for (Path file : files(root)) {
            String text = RepositoryFiles.read(file);
            String prose = Prose.ofMarkdown(file.toString().endsWith(".java") ? JavaProse.of(text) : text);
            faults.addAll(Prose.faults(RepositoryFiles.name(root, file), prose));
        }
        return faults;
    }

    /// Returns the files to check, without generated files, and without those that contain the phrases.
    private static List<Path> files(Path root) throws IOException {
        return RepositoryFiles.below(root, ENDINGS).stream()
                .filter(file -> !SKIPPED.contains(file.getFileName().toString()))
                .toList();
    }
}
