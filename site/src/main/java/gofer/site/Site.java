package gofer.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/// Writes the site into a folder. If the folder `javadoc` in it exists, the search covers the Javadoc too.
final class Site {
    private static final String HIGHLIGHTER = "org.webjars/highlightjs";

    private Site() {}

    static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        int pages = write(Path.of(args[0]).toRealPath(), folder, args[2], args[3]);
        String javadoc = hasJavadoc(folder) ? " and the Javadoc" : "";
        System.out.println("site: " + pages + " pages" + javadoc + ", see " + folder.resolve("index.html"));
    }

    /// Returns the number of pages.
    static int write(Path root, Path folder, String repository, String version) throws IOException {
        List<Source> sources = Sources.in(root);
        List<Path> pictures = Sources.pictures(root);
        var links = new Links(root, repository, sources, pictures);
        var renderer = new Renderer(links);
        List<Page> pages = sources.stream().map(renderer::render).toList();
        if (!links.broken().isEmpty()) throw new IOException("broken links: " + links.broken());

        var search = new SearchIndex();
        pages.forEach(search::add);
        if (hasJavadoc(folder)) search.addJavadoc(folder.resolve("javadoc"));

        var layout = new Layout(resource("page.html"), new Navigation(pages), links, version);
        for (Page page : pages) put(folder, page.path(), layout.html(page));
        for (Path picture : pictures) put(folder, Sources.path(root, picture), Files.readString(picture));
        put(folder, "assets/site.css", resource("site.css"));
        put(folder, "assets/site.js", resource("site.js"));
        put(folder, "assets/search.js", search.script());
        copyHighlighter(folder.resolve("assets/highlight.min.js"));
        return pages.size();
    }

    private static boolean hasJavadoc(Path folder) {
        return Files.exists(folder.resolve("javadoc"));
    }

    private static void copyHighlighter(Path file) throws IOException {
        var about = new Properties();
        try (InputStream in = open("/META-INF/maven/" + HIGHLIGHTER + "/pom.properties")) {
            about.load(in);
        }
        String place = "/META-INF/resources/webjars/highlightjs/" + about.getProperty("version") + "/highlight.min.js";
        try (InputStream in = open(place)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(Site.class.getResourceAsStream(resource), resource);
    }

    private static void put(Path folder, String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
