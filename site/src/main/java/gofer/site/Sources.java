package gofer.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds the documents of the site: those at the root of the repository and below `docs`, and the examples.
final class Sources {
    private Sources() {}

    static List<Source> in(Path root) throws IOException {
        var found = new ArrayList<Source>();
        for (Path file : files(root, ".md")) {
            found.add(new Source(path(root, file), Files.readString(file)));
        }
        found.addAll(Examples.in(root));
        return found;
    }

    /// Returns the pictures that documents show.
    static List<Path> pictures(Path root) throws IOException {
        return files(root, ".svg");
    }

    static String path(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (var top = Files.list(root);
                var docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, docs).filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
