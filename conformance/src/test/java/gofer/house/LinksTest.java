package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each link from a document to a file of the repository leads to a file, and to a heading in it if the link has an anchor.
final class LinksTest {
    private static final Pattern FENCES = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\(([^)#\\s]*)(#[^)\\s]*)?\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*)$", Pattern.MULTILINE);

    @TempDir Path folder;

    @Test
    void everyLinkHasATarget() throws IOException {
        assertThat(RepositoryFiles.below(Library.ROOT, ".md")).hasSizeGreaterThan(30);
        assertThat(broken(Library.ROOT)).isEmpty();
    }

    @Test
    void brokenLinksAreFound() throws IOException {
        RepositoryFiles.write(
                folder,
                "page.md",
                """
                # A `Part`, again
                [here](page.md#a-part-again) [there](gone.md) [web](https://example.org#x) `a[i](x)` [part](#part)
                [folder](docs) [other](docs/other.md#part-1) [code](docs/other.md#code) [third](docs/other.md#part-2)
                ```
                list[0](none)
                ```
                """);
        RepositoryFiles.write(
                folder,
                "docs/other.md",
                """
                ## Part
                ```
                # code
                ```
                ## [Part](../page.md)
                """);
        assertThat(broken(folder))
                .containsExactly(
                        "page.md: gone.md",
                        "page.md: #part",
                        "page.md: docs/other.md#code",
                        "page.md: docs/other.md#part-2");
    }

    private static List<String> broken(Path root) throws IOException {
        var broken = new ArrayList<String>();
        for (Path document : RepositoryFiles.below(root, ".md")) {
            String text = SPAN.matcher(withoutFences(document)).replaceAll("code");
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                String anchor = link.group(3) == null ? "" : link.group(3);
                if (!link.group(2).contains(":") && !exists(document, link.group(2), anchor)) {
                    broken.add(RepositoryFiles.name(root, document) + ": " + link.group(2) + anchor);
                }
            }
        }
        return broken;
    }

    private static boolean exists(Path document, String link, String anchor) {
        Path file = link.isEmpty() ? document : document.resolveSibling(link);
        boolean hasHeadings = anchor.length() > 1 && file.toString().endsWith(".md");
        return Files.exists(file) && (!hasHeadings || anchors(file).contains(anchor.substring(1)));
    }

    /// Returns the anchors that GitHub makes of the headings.
    private static Set<String> anchors(Path document) {
        var anchors = new HashSet<String>();
        for (MatchResult heading : HEADING.matcher(withoutFences(document)).results().toList()) {
            String text = LINK.matcher(heading.group(1)).replaceAll(link -> link.group(1));
            String anchor =
                    text.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            String unique = anchor;
            for (int i = 1; !anchors.add(unique); i++) unique = anchor + "-" + i;
        }
        return anchors;
    }

    private static String withoutFences(Path document) {
        return FENCES.matcher(RepositoryFiles.read(document)).replaceAll("");
    }
}
