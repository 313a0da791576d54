package gofer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The build runs all code of the documents. A block of code in the README or in a page on a topic is a region of an example,
/// or a whole example. In the page on Spring, it comes from the program in `it`. Javadoc refers to regions by
/// `{@snippet file= region=}`, and the javadoc tool fails if a region does not exist.
final class SnippetsTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern START = Pattern.compile("\\s*// @start region=.*");
    private static final Pattern END = Pattern.compile("\\s*// @end.*");

    /// Code that needs other libraries. The tests of its module run it.
    private static final String RECIPES = "context-propagation/src/test/java/gofer/context/propagation/Recipes.java";

    @Test
    void everyBlockOfTheDocumentsIsInAnExample() throws IOException {
        var regions = new ArrayList<String>();
        for (Example example : Example.all()) regions.addAll(regions(example.source()));
        regions.addAll(regions(Files.readString(Example.ROOT.resolve(RECIPES))));
        for (String file : List.of("Orders.java", "More.java")) {
            regions.addAll(regions(Files.readString(Example.ROOT.resolve("it/starter/app").resolve(file))));
        }
        for (String document :
                List.of(
                        "README.md",
                        "docs/getting-started.md",
                        "docs/testing.md",
                        "docs/races.md",
                        "docs/signals.md",
                        "docs/groups.md",
                        "docs/pipelines.md",
                        "docs/interop.md",
                        "docs/context-propagation.md",
                        "context-propagation/README.md",
                        "docs/spring.md",
                        "docs/diagnostics.md")) {
            String text = Files.readString(Example.ROOT.resolve(document));
            assertThat(blocks(text)).as(document).isNotEmpty().isSubsetOf(regions);
        }
    }

    @Test
    void javadocHasNoCodeOfItsOwn() throws IOException {
        for (String module : List.of("core", "testing")) {
            try (var files = Files.walk(Example.ROOT.resolve(module + "/src/main/java"))) {
                for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                    assertThat(Files.readString(file)).as("%s", file).doesNotContain("{@snippet :", "/// ```");
                }
            }
        }
    }

    @Test
    void indentationOfARegionDoesNotMatter() {
        String source =
                """
                import module gofer;

                void main() {
                    // @start region="a"
                    if (true) {
                        // @start region="b"
                        IO.println();
                        // @end
                    }
                    // @end
                }
                """;
        assertThat(regions(source))
                .containsExactly(
                        "IO.println();\n",
                        "if (true) {\n    IO.println();\n}\n",
                        "import module gofer;\n\nvoid main() {\n    if (true) {\n        IO.println();\n    }\n}\n");
        assertThat(blocks("text\n```java\na\n  b\n```\n```sh\nc\n```\n")).containsExactly("a\n  b\n");
    }

    private static List<String> blocks(String markdown) {
        return BLOCK.matcher(markdown).results().map(m -> m.group(1)).toList();
    }

    /// Returns the text of every region, inner ones first, and of the whole file, without the marks and without
    /// indentation.
    private static List<String> regions(String source) {
        var finished = new ArrayList<String>();
        var open = new ArrayList<StringBuilder>();
        open.add(new StringBuilder());
        for (String line : source.lines().toList()) {
            if (START.matcher(line).matches()) open.add(new StringBuilder());
            else if (END.matcher(line).matches())
                finished.add(open.removeLast().toString().stripTrailing().stripIndent() + "\n");
            else open.forEach(region -> region.append(line).append('\n'));
        }
        finished.add(open.getFirst().toString());
        return finished;
    }
}
