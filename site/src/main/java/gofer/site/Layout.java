package gofer.site;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Puts pages into the frame that all pages share, the file `page.html`.
final class Layout {
    private final String frame;
    private final Navigation navigation;
    private final Links links;
    private final String version;

    Layout(String frame, Navigation navigation, Links links, String version) {
        this.frame = frame;
        this.navigation = navigation;
        this.links = links;
        this.version = version;
    }

    String html(Page page) {
        Document all = Jsoup.parse(frame.replace("{root}", Links.toRoot(page.path())));
        all.outputSettings().prettyPrint(false);
        all.title(page.title().equals("Gofer") ? "Gofer: Go's concurrency for Java" : page.title() + " - Gofer");
        place(all, "version").text(version);
        place(all, "pages").prependChild(navigation.on(page));
        place(all, "content").appendChild(page.content());
        place(all, "source").attr("href", links.inRepository(page.source().path()));
        outline(page, place(all, "outline"));
        return all.outerHtml();
    }

    private static void outline(Page page, Element place) {
        List<Element> headings = page.headings();
        if (headings.size() < 2) {
            place.remove();
            return;
        }
        Element items = place.appendElement("ul");
        for (Element heading : headings) {
            Element item = items.appendElement("li").addClass(heading.tagName());
            item.appendElement("a").text(heading.text()).attr("href", "#" + heading.id());
        }
    }

    private static Element place(Document all, String id) {
        return all.expectFirst("#" + id);
    }
}
