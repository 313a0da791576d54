package gofer.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each link of the built site and its Javadoc leads to a page, to an anchor, or to a file of the repository. No page loads
/// anything from another host.
final class BuiltLinksTest {
    @TempDir Path folder;

    @Test
    void everyLinkHasATarget() throws IOException {
        var site = Path.of(System.getProperty("site.folder"));
        var check = new LinkCheck(site, Path.of(".."), System.getProperty("site.repository"));
        System.out.println("site: " + check);
        assertThat(check.broken()).isEmpty();
        assertThat(LinkCheck.pages(site)).hasSizeGreaterThan(100);
        assertThat(site.resolve("javadoc/gofer/gofer/Go.html")).exists();
    }

    @Test
    void brokenLinksAreFound() throws IOException {
        Files.writeString(folder.resolve("other.html"), "<h1 id=there>Other</h1>");
        Files.writeString(
                folder.resolve("page.html"),
                """
                <a href="other.html#there">a</a> <a href="#here">b</a> <p id="here"><a href="https://example.com">c</a>
                <a href="gone.html">d</a> <a href="other.html#gone">e</a> <a href="#gone">f</a>
                <a href="https://example.org/it/blob/HEAD/gone">g</a> <script src="https://example.com/x.js"></script>
                """);
        assertThat(new LinkCheck(folder, folder, "https://example.org/it").broken())
                .containsExactly(
                        "page.html: gone.html",
                        "page.html: other.html#gone",
                        "page.html: #gone",
                        "page.html: https://example.org/it/blob/HEAD/gone",
                        "page.html: https://example.com/x.js");
    }
}
