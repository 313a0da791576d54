package gofer.site;

import java.util.List;
import org.jsoup.nodes.Element;

/// A rendered document.
///
/// @param content its HTML, with links that work in the site
record Page(Source source, String title, Element content) {
    /// Returns its headings below the title. Each is an `h2` or `h3` with an id.
    List<Element> headings() {
        return content.select("h2[id], h3[id]");
    }

    String path() {
        return source.page();
    }
}
