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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Documents, comments and messages are written in plain English: no phrase of [Prose] is in them.
final class ProseTest {
    /// The ends of the names of the files that are checked. Of Java, comments and string literals are checked.
    private static final List<String> KINDS = List.of(".md", ".java");

    /// The bench writes it.
    private static final Set<String> GENERATED = Set.of("docs/benchmarks.md");

    @TempDir Path folder;

    @Test
    void textsAreInPlainEnglish() throws IOException {
        assertThat(files(Library.ROOT, KINDS)).hasSizeGreaterThan(500);
        assertThat(faults(Library.ROOT, KINDS)).isEmpty();
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
        assertThat(faults(folder, List.of(".md")))
                .containsExactly(
                        "page.md:1: 'Who', better: name it: a goroutine that ..., a program that ...",
                        "page.md:2: 'in vain', better: without success",
                        "page.md:6: 'henceforth', better: two sentences");
    }

    @Test
    void commentsAndLiteralsOfJavaFilesAreChecked() throws IOException {
        Files.createDirectories(folder.resolve("target"));
        Files.writeString(folder.resolve("target/Made.java"), "// in vain");
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
        assertThat(faults(folder, List.of(".md", ".java")))
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
    void somePhrasesAreOnlyForbiddenInDocuments() throws IOException {
        Files.writeString(folder.resolve("page.md"), "The loop goes on.");
        Files.writeString(folder.resolve("Source.java"), "// The loop goes on.");
        assertThat(faults(folder, List.of(".md", ".java"))).containsExactly("page.md:1: 'goes on', better: continue");
    }

    static List<String> faults(Path root, List<String> kinds) throws IOException {
        var faults = new ArrayList<String>();
        for (Path file : files(root, kinds)) {
            String text = Files.readString(file);
            String prose = Prose.ofMarkdown(file.toString().endsWith(".java") ? JavaProse.of(text) : text);
            faults.addAll(Prose.faults(name(root, file), prose));
        }
        return faults;
    }

    /// All files of these kinds but those that the build makes, and those of [Prose]'s own tests.
    private static List<Path> files(Path root, List<String> kinds) throws IOException {
        var files = new ArrayList<Path>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                        String name = directory.getFileName().toString();
                        boolean skip = name.equals("target") || name.equals(".git");
                        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = name(root, file);
                        boolean own = name.endsWith("/Prose.java") || name.endsWith("/ProseTest.java");
                        if (kinds.stream().anyMatch(name::endsWith) && !own && !GENERATED.contains(name))
                            files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
