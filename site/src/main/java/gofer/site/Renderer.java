package gofer.site;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// Renders GitHub's Markdown as the HTML of a page. Headings get the same ids as on GitHub.
final class Renderer {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), AutolinkExtension.create(), HeadingAnchorExtension.create());

    /// Code of at most this length fits in a line on a phone, so it has no line break.
    private static final int SHORT = 32;

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer html = HtmlRenderer.builder().extensions(EXTENSIONS).build();
    private final Links links;

    Renderer(Links links) {
        this.links = links;
    }

    Page render(Source source) {
        Element content = Jsoup.parseBodyFragment(html.render(parser.parse(source.text()))).body();
        content.tagName("article");
        for (Element link : content.select("a[href]")) link.attr("href", links.from(source, link.attr("href")));
        for (Element picture : content.select("img[src]")) {
            picture.attr("src", links.from(source, picture.attr("src")));
            if (picture.closest("a") == null) linkToItself(picture);
        }
        for (Element code : content.select(":not(pre) > code")) {
            if (code.text().length() <= SHORT) code.addClass("short");
        }
        content.select("table").wrap("<div class=scroll></div>");
        for (Element heading : content.select("h2[id], h3[id], h4[id]")) {
            heading.appendElement("a").addClass("anchor").attr("href", "#" + heading.id()).attr("aria-label", "Link");
        }
        Element title = content.selectFirst("h1");
        return new Page(source, title == null ? source.path() : title.text(), content);
    }

    /// A picture can be too wide for the page: a click opens it alone.
    private static void linkToItself(Element picture) {
        Element link = new Element("a").attr("href", picture.attr("src"));
        picture.replaceWith(link);
        link.appendChild(picture);
    }
}
