package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each link from a document to a file of the repository leads to a file.
final class LinksTest {
    private static final Pattern CODE = Pattern.compile("^```.*?^```$|`[^`\\n]*`", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @TempDir Path folder;

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        List<Path> documents = documents(Library.ROOT);
        assertThat(documents).hasSizeGreaterThan(30);
        assertThat(broken(documents)).isEmpty();
    }

    @Test
    void brokenLinkIsFound() throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(
                page,
                """
                [here](page.md#part) [there](gone.md) [web](https://example.org) `a[i](x)` [part](#part)
                ```
                list[0](none)
                ```
                """);
        assertThat(broken(List.of(page))).containsExactly("page.md: gone.md");
    }

    private static List<Path> documents(Path root) throws IOException {
        try (var top = Files.list(root);
                var docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, docs).filter(f -> f.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static List<String> broken(List<Path> documents) {
        return documents.stream().flatMap(LinksTest::broken).toList();
    }

    private static Stream<String> broken(Path document) {
        try {
            String text = CODE.matcher(Files.readString(document)).replaceAll("code");
            return LINK.matcher(text)
                    .results()
                    .map(m -> m.group(1))
                    .filter(link -> !link.contains(":") && Files.notExists(document.resolveSibling(link)))
                    .map(link -> document.getFileName() + ": " + link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
