package gofer.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The targets of links in the site: the page or picture of the site if there is one, otherwise the file in the repository.
final class Links {
    private final Path root;
    private final String repository;

    /// The path in the site, by the path in the repository.
    private final Map<String, String> places;

    private final List<String> broken = new ArrayList<>();

    Links(Path root, String repository, List<Source> sources, List<Path> pictures) {
        this.root = root;
        this.repository = repository;
        places = sources.stream().collect(Collectors.toMap(Source::path, Source::page));
        places.putAll(
                pictures.stream().map(file -> Sources.path(root, file)).collect(Collectors.toMap(p -> p, p -> p)));
    }

    /// Returns the target for `link` in the document `source`. Records the link as broken if it leads to no file.
    String from(Source source, String link) {
        if (link.startsWith("#") || link.matches("[a-z]+:.*")) return link;
        int hash = link.indexOf('#');
        String path = source.resolve(hash < 0 ? link : link.substring(0, hash));
        String fragment = hash < 0 ? "" : link.substring(hash);
        String place = places.getOrDefault(path, places.get(path.isEmpty() ? "README.md" : path + "/README.md"));
        if (place != null) return relative(source.page(), place) + fragment;
        if (Files.notExists(root.resolve(path))) broken.add(source.path() + ": " + link);
        return inRepository(path) + fragment;
    }

    /// Returns the address of a file or folder of the repository, or of its parent folder if it does not exist.
    String inRepository(String path) {
        Path file = root.resolve(path);
        if (Files.notExists(file)) file = file.resolveSibling("");
        String kind = Files.isDirectory(file) ? "/tree/HEAD/" : "/blob/HEAD/";
        return repository + kind + Sources.path(root, file);
    }

    /// Returns the links that lead to no file, so far.
    List<String> broken() {
        return broken;
    }

    /// Returns the relative link from a page of the site to another path in it.
    static String relative(String page, String place) {
        return toRoot(page) + place;
    }

    /// Returns the relative link from a page to the root of the site: one `../` for each folder.
    static String toRoot(String page) {
        return "../".repeat((int) page.chars().filter(c -> c == '/').count());
    }
}
