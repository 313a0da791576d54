package gofer.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// Follows all links of a site in a folder, without a network.
final class LinkCheck {
    private final Path folder;
    private final Path root;
    private final String repository;
    private final Map<Path, Document> pages = new LinkedHashMap<>();
    private final Map<Path, Set<String>> anchors = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();
    private int links;

    /// @param root the root of the repository
    /// @param repository the address of the repository
    LinkCheck(Path folder, Path root, String repository) throws IOException {
        this.folder = folder;
        this.root = root;
        this.repository = repository;
        for (Path page : pages(folder)) {
            Document document = Jsoup.parse(page);
            pages.put(page, document);
            var ids = new HashSet<>(document.select("[id]").eachAttr("id"));
            ids.addAll(document.select("a[name]").eachAttr("name"));
            anchors.put(page, ids);
        }
        pages.forEach((page, document) -> document.select("[href], [src]").forEach(link -> check(page, link)));
    }

    static List<Path> pages(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".html")).map(Path::normalize).sorted().toList();
        }
    }

    /// Returns the links to a missing file or anchor, and the addresses that a page loads from another host.
    List<String> broken() {
        return broken;
    }

    @Override
    public String toString() {
        return links + " links on " + pages.size() + " pages, " + broken.size() + " broken";
    }

    private void check(Path page, Element element) {
        String link = element.attr(element.hasAttr("href") ? "href" : "src");
        if (link.startsWith("data:") || link.startsWith("javascript:")) return;
        links++;
        boolean elsewhere = link.matches("([a-z]+:)?//.*");
        if (elsewhere ? !element.is("a") || !existsElsewhere(link) : !existsHere(page, link)) {
            broken.add(folder.normalize().relativize(page) + ": " + link);
        }
    }

    private boolean existsHere(Path page, String link) {
        int hash = link.indexOf('#');
        String path = decode(hash < 0 ? link : link.substring(0, hash));
        String anchor = hash < 0 ? "" : decode(link.substring(hash + 1));
        Path to = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.isRegularFile(to) && (anchor.isEmpty() || anchors.getOrDefault(to, Set.of()).contains(anchor));
    }

    /// Checks addresses of files in the repository. All others count as existing.
    private boolean existsElsewhere(String address) {
        if (!address.startsWith(repository + "/")) return true;
        String path = address.substring(repository.length() + 1).replaceFirst("^(blob|tree)/HEAD/", "");
        return Files.exists(root.resolve(path.replaceFirst("#.*", "")));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
