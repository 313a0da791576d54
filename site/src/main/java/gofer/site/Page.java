package gofer.site;

import java.util.List;
import org.jsoup.nodes.Element;

/// A document as it is shown.
///
/// @param content its HTML, with links that lead somewhere in the site
record Page(Source source, String title, Element content) {
    /// Its headings below the title: an `h2` or `h3` each, with an id.
    List<Element> headings() {
        return content.select("h2[id], h3[id]");
    }

    String path() {
        return source.page();
    }
}
