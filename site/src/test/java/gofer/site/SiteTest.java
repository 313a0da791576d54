package gofer.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests the site of a small repository.
final class SiteTest {
    private static final String REPOSITORY = "https://example.org/it";

    @TempDir Path folder;

    @BeforeEach
    void writeRepository() throws IOException {
        write("README.md", "# Start\n");
        write("docs/guide.md", "# The guide\n");
        write("docs/decisions/README.md", "# Decisions\n");
        write("core/Some.java", "class Some {}\n");
    }

    @Test
    void headingsHaveTheSameIdsAsOnGitHub() throws IOException {
        write(
                "docs/guide.md",
                """
                # The guide
                ## `Go.main`: how it ends & why
                ## Zeit für_Gäste?
                ## Same
                ## Same
                ### --add-opens=java.base/java.lang
                """);
        assertThat(page("docs/guide.html").select("article [id]").eachAttr("id"))
                .containsExactly(
                        "the-guide",
                        "gomain-how-it-ends--why",
                        "zeit-für_gäste",
                        "same",
                        "same-1",
                        "--add-opensjavabasejavalang");
    }

    @Test
    void linkLeadsToAPageOrElseToTheRepository() throws IOException {
        write("docs/picture.svg", "<svg/>");
        write(
                "docs/guide.md",
                """
                # The guide
                [a](../README.md) [b](../README.md#start) [c](decisions) [d](#there) [e](../core/Some.java) [f](../core)
                [g](https://example.com) <a href="decisions/README.md">h</a> ![i](picture.svg) [j](..) [k](../docs/..#start)
                """);
        assertThat(page("docs/guide.html").select("article a").eachAttr("href"))
                .containsExactly(
                        "../index.html",
                        "../index.html#start",
                        "../docs/decisions/index.html",
                        "#there",
                        REPOSITORY + "/blob/HEAD/core/Some.java",
                        REPOSITORY + "/tree/HEAD/core",
                        "https://example.com",
                        "../docs/decisions/index.html",
                        "../docs/picture.svg",
                        "../index.html",
                        "../index.html#start");
    }

    @Test
    void brokenLinkFailsTheBuild() throws IOException {
        write("docs/guide.md", "# The guide\n[gone](gone.md)\n");
        assertThatThrownBy(this::build).hasMessage("broken links: [docs/guide.md: gone.md]");
    }

    @Test
    void navigationListsNewPagesLast() throws IOException {
        write("docs/testing.md", "# Testing\n");
        write("docs/another.md", "# Another *page*\n");
        Element guides = group("Guides");
        assertThat(guides.select("a").eachText()).containsExactly("Testing", "Another page", "The guide");
        assertThat(guides.select("a").eachAttr("href"))
                .containsExactly("docs/testing.html", "docs/another.html", "docs/guide.html");
    }

    @Test
    void exampleIsAPageWithItsOutput() throws IOException {
        write("examples/Hello.java", "// Says hello,\n// once.\n// @start region=\"x\"\nvoid main() {}\n");
        write("examples/expected/Hello.txt", "hello\n");
        write("examples/snippets/Short.java", "void main() {}\n");
        Document page = page("examples/Hello.html");
        assertThat(page.select("pre").eachText())
                .containsExactly(
                        "// Says hello,\n// once.\nvoid main() {}", "./gofer run examples/Hello.java", "hello");
        assertThat(page.expectFirst("#source").attr("href")).isEqualTo(REPOSITORY + "/blob/HEAD/examples/Hello.java");
        assertThat(page("examples/index.html").select("article li").eachText())
                .containsExactly("Hello: Says hello, once.");
        assertThat(group("Examples").select("a").eachText()).containsExactly("Examples", "Hello", "Snippets", "Short");
    }

    @Test
    void searchIndexHasSectionsAndTheJavadoc() throws IOException {
        write("docs/guide.md", "# The guide\nFirst words.\n## Part\nMore.\n");
        write("site/javadoc/package-search-index.js", "x = [{\"m\":\"gofer\",\"l\":\"gofer.chan\"}];f();");
        write("site/javadoc/type-search-index.js", "x = [{\"p\":\"gofer.chan\",\"l\":\"Chan\"},{\"l\":\"All\"}];f();");
        write(
                "site/javadoc/member-search-index.js",
                "x = [{\"p\":\"gofer.chan\",\"c\":\"Chan\",\"l\":\"make(int)\",\"u\":\"make(int)\"}];f();");
        build();
        assertThat(Files.readString(folder.resolve("site/assets/search.js")))
                .contains(
                        "{\"url\":\"docs/guide.html\",\"title\":\"The guide\",\"in\":\"\",\"text\":\"First"
                                + " words.\\n\"}")
                .contains(
                        "{\"url\":\"docs/guide.html#part\",\"title\":\"Part\",\"in\":\"The"
                                + " guide\",\"text\":\"More.\\n\"}")
                .contains("\"javadoc/gofer/gofer/chan/Chan.html\",\"title\":\"Chan\",\"in\":\"API: gofer.chan\"")
                .contains("\"javadoc/gofer/gofer/chan/Chan.html#make(int)\",\"title\":\"Chan.make\"");
    }

    private Element group(String name) throws IOException {
        return page("index.html").expectFirst("#pages details:has(summary:containsOwn(" + name + "))");
    }

    private Document page(String path) throws IOException {
        build();
        return Jsoup.parse(folder.resolve("site").resolve(path));
    }

    private void build() throws IOException {
        Site.write(folder, folder.resolve("site"), REPOSITORY, "1.0");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
