package gofer.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where the links of the documents lead to in the site: to a page or a picture if it has one, else to the repository.
final class Links {
    private final Path root;
    private final String repository;

    /// From a path in the repository to the one in the site.
    private final Map<String, String> places;

    private final List<String> broken = new ArrayList<>();

    Links(Path root, String repository, List<Source> sources, List<Path> pictures) {
        this.root = root;
        this.repository = repository;
        places = sources.stream().collect(Collectors.toMap(Source::path, Source::page));
        places.putAll(
                pictures.stream().map(file -> Sources.path(root, file)).collect(Collectors.toMap(p -> p, p -> p)));
    }

    String from(Source source, String link) {
        if (link.startsWith("#") || link.matches("[a-z]+:.*")) return link;
        int hash = link.indexOf('#');
        String path = source.resolve(hash < 0 ? link : link.substring(0, hash));
        String fragment = hash < 0 ? "" : link.substring(hash);
        String place = places.getOrDefault(path, places.get(path + "/README.md"));
        if (place != null) return relative(source.page(), place) + fragment;
        if (Files.notExists(root.resolve(path))) broken.add(source.path() + ": " + link);
        return inRepository(path) + fragment;
    }

    /// The address of a file or folder of the repository; of its folder, if it is not in the repository.
    String inRepository(String path) {
        Path file = root.resolve(path);
        if (Files.notExists(file)) file = file.resolveSibling("");
        String kind = Files.isDirectory(file) ? "/tree/HEAD/" : "/blob/HEAD/";
        return repository + kind + Sources.path(root, file);
    }

    /// Links that lead to nothing, so far.
    List<String> broken() {
        return broken;
    }

    /// The way from one page of the site to another place in it.
    static String relative(String page, String place) {
        return toRoot(page) + place;
    }

    /// The way from a page to the root of the site: empty, or one `../` for each folder.
    static String toRoot(String page) {
        return "../".repeat((int) page.chars().filter(c -> c == '/').count());
    }
}
