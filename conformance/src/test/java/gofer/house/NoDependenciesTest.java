package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A program needs only the library: it compiles with no other jar, and without warnings.
final class NoDependenciesTest {
    private static final String LIBRARIES =
            Library.ROOT.resolve("core/target/classes")
                    + File.pathSeparator
                    + Library.ROOT.resolve("testing/target/classes");

    private static final Pattern IMPORTS =
            Pattern.compile("^```\\n(import module java.base;\\n.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    /// Covers all API with annotations of other libraries, such as the annotations for null.
    private static final String BODY =
            """
            public class Main {
                public static void main(String[] args) throws Exception {
                    Chan<String> words = Chan.make(1);
                    go(() -> words.send("hello"));
                    switch (select(words, after(Duration.ofHours(1)))) {
                        case First(Value(var word)) -> System.out.println(word);
                        case First(Closed()) -> System.out.println("closed");
                        case Second(_) -> System.out.println("late");
                    }
                    try (var ctx = Context.background().withCancel()) {
                        ContextException reason = ctx.err();
                        Object value = ctx.value("key");
                        System.out.println(reason + " " + value + " " + Once.value(() -> 1).get());
                    }
                    List<Stuck> stuck = Leaks.suspects(Duration.ofHours(1));
                    var wg = new WaitGroup();
                    var group = new ErrGroup();
                    group.go("name", () -> sleep(Duration.ZERO));
                    group.await();
                    Alarm.in(Duration.ofHours(1)).stop();
                    Explore search = Explore.schedules(1);
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void moduleThatRequiresTheLibraryCompiles() throws Exception {
        write("module-info.java", "module app { requires gofer; requires gofer.testing; }");
        write(
                "app/Main.java",
                """
                package app;
                import module gofer;
                import module gofer.testing;
                import static gofer.Go.*;
                """
                        + BODY);
        assertThat(compile("--module-path", LIBRARIES, "--class-path", "")).isEmpty();
    }

    /// Uses the import block of docs/projects.md, which names all packages.
    @Test
    void programOnTheClassPathCompiles() throws Exception {
        Matcher block = IMPORTS.matcher(Files.readString(Library.ROOT.resolve("docs/projects.md")));
        assertThat(block.find()).isTrue();
        write("app/Main.java", "package app;\n" + block.group(1) + "import gofer.testing.*;\n" + BODY);
        assertThat(compile("--class-path", LIBRARIES)).isEmpty();
        for (String name : Library.exportedPackages()) {
            String line = name.equals("gofer") ? "import static gofer.Go.*;" : "import " + name + ".*;";
            assertThat(block.group(1)).contains(line);
        }
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve("src").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    /// Returns the output of the compiler with every warning enabled.
    private String compile(String... path) throws Exception {
        var output = new StringWriter();
        var options = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-d", folder.resolve("out").toString()));
        options.addAll(List.of(path));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                var sources = Files.walk(folder.resolve("src"))) {
            List<Path> names = sources.filter(file -> file.toString().endsWith(".java")).toList();
            compiler.getTask(output, files, null, options, null, files.getJavaFileObjectsFromPaths(names)).call();
        }
        return output.toString();
    }
}
