package gofer.site;

import java.nio.file.Path;

/// A document of the repository.
///
/// @param path relative to the root of the repository, separated by `/`
/// @param text its Markdown
record Source(String path, String text) {
    /// Returns the path of its page in the site. The README of a folder becomes its `index.html`.
    String page() {
        return path.replaceFirst("(^|/)README\\.md$", "$1index.html").replaceFirst("\\.(md|java)$", ".html");
    }

    /// Returns the path of the file that a link in this document names.
    String resolve(String link) {
        Path named = Path.of(path).resolveSibling(link).normalize();
        return named.toString().replace('\\', '/');
    }
}
