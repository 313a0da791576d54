package gofer.site;

import java.nio.file.Path;

/// A document of the repository.
///
/// @param path where it is, from the root of the repository; `/` separates names
/// @param text its Markdown
record Source(String path, String text) {
    /// Where its page is in the site. A folder's README is the folder's index.
    String page() {
        return path.replaceFirst("(^|/)README\\.md$", "$1index.html").replaceFirst("\\.(md|java)$", ".html");
    }

    /// The path of what a link in this document names.
    String resolve(String link) {
        Path named = Path.of(path).resolveSibling(link).normalize();
        return named.toString().replace('\\', '/');
    }
}
