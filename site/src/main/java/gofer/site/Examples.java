package gofer.site;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes a page for each example, and a list of the examples for each folder.
final class Examples {
    private Examples() {}

    static List<Source> in(Path root) throws IOException {
        var pages = new ArrayList<Source>();
        pages.addAll(
                folder(
                        root,
                        "examples",
                        "Examples",
                        "Whole programs. There are also [snippets](snippets), which show one thing each."));
        pages.addAll(folder(root, "examples/snippets", "Snippets", "Short programs that the documents quote."));
        return pages;
    }

    private static List<Source> folder(Path root, String folder, String title, String intro) throws IOException {
        if (Files.notExists(root.resolve(folder))) return List.of();
        List<Path> files;
        try (var all = Files.list(root.resolve(folder))) {
            files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
        var pages = new ArrayList<Source>();
        var list = new StringBuilder("# %s\n\n%s\n\n".formatted(title, intro));
        for (Path file : files) {
            String name = name(file);
            String code = Files.readString(file);
            list.append("- [%s](%s.java): %s\n".formatted(name, name, comment(code)));
            pages.add(new Source(Sources.path(root, file), page(folder, name, code, output(root, folder, name))));
        }
        if (Files.notExists(root.resolve(folder, "README.md"))) {
            pages.addFirst(new Source(folder + "/README.md", list.toString()));
        }
        return pages;
    }

    private static String page(String folder, String name, String code, String output) {
        String program = code.lines().filter(line -> !line.matches("\\s*// @(start|end).*")).collect(joining("\n"));
        return """
        # %s

        ```java
        %s
        ```

        To run it:

        ```sh
        ./gofer run %s/%s.java
        ```
        %s\
        """
                .formatted(name, program, folder, name, output);
    }

    /// Returns the paragraph with the expected output, or an empty string if there is none.
    private static String output(Path root, String folder, String name) throws IOException {
        Path expected = root.resolve("examples/expected").resolve(Path.of("examples").relativize(Path.of(folder)));
        for (String ending : List.of(".txt", ".unordered.txt")) {
            Path file = expected.resolve(name + ending);
            if (Files.notExists(file)) continue;
            String order = ending.equals(".txt") ? "" : ", in any order";
            return "\nIt prints%s:\n\n```text\n%s\n```\n".formatted(order, Files.readString(file).strip());
        }
        return "";
    }

    /// Returns the comment at the top of a program.
    private static String comment(String code) {
        return code.lines()
                .takeWhile(line -> line.startsWith("//") && !line.startsWith("// @"))
                .map(line -> line.substring(2).strip())
                .collect(joining(" "));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.java$", "");
    }
}
