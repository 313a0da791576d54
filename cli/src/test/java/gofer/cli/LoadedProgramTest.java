package gofer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests of every form of `main`. Each program stores one word in a system property, which the test reads.
final class LoadedProgramTest {
    @TempDir Path folder;

    /// Writes a file in the folder of the program, which javac has to find by itself.
    @BeforeEach
    void writeNeighbor() throws IOException {
        System.clearProperty("said");
        write("Say.java", "public class Say { public static void it(String s) { System.setProperty(\"said\", s); } }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void main() { Say.it(\"ok\"); }",
                "void main(String[] args) { Say.it(args[0]); }",
                "static void main() { Say.it(\"ok\"); }",
                "static void main(String... args) { Say.it(args[0]); }",
                "void main() { Say.it(\"no\"); } void main(String[] args) { Say.it(args[0]); }",
                "int main(String[] args) { return 1; } void main() { Say.it(\"ok\"); }",
                "private void main(String[] args) { } protected void main() { Say.it(\"ok\"); }",
                "class Main { public static void main(String[] args) { Say.it(args[0]); } }",
                "class Main { Main() { Say.it(\"ok\"); } void main() { } }",
                "class Main extends Other { } class Other { void main() { Say.it(\"ok\"); } }",
                "class Main implements Other { } interface Other { default void main() { Say.it(\"ok\"); } }",
                "interface Main { static void main(String[] args) { Say.it(args[0]); } }",
                "record Main() { void main() { Say.it(\"ok\"); } }",
                "enum Main { ; static void main() { Say.it(\"ok\"); } }",
            })
    void mainIsFoundAsJavaFindsIt(String source) throws Throwable {
        LoadedProgram.compile(write("Main.java", source)).body(new String[] {"ok"}).run();
        assertThat(System.getProperty("said")).isEqualTo("ok");
    }

    @Test
    void sourcesAndResourcesAreLookedUpFromTheRootOfThePackages() throws Throwable {
        write("b/Other.java", "package b; public class Other { public static final String S = \"/word.txt\"; }");
        write("word.txt", "ok");
        Path file =
                write(
                        "a/b/Main.java",
                        """
                        package a.b;
                        import module gofer;
                        public class Main {
                            static void main() throws Exception {
                                try (var in = Main.class.getResourceAsStream(b.Other.S)) {
                                    System.setProperty("said", new String(in.readAllBytes()));
                                }
                            }
                        }
                        """);
        write("a/b/Ignored.java", "this does not compile, and no class refers to it");
        LoadedProgram.compile(file).body(new String[0]).run();
        assertThat(System.getProperty("said")).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class Main { }", //
                "class Main { private static void main() { } }",
                "class Main { private Main() { } void main() { } }",
                "class Main { Main(int x) { } void main() { } }",
                "abstract class Main { void main() { } }",
                "interface Main { void main(); }",
                "package a; class Main { static void main() { } }",
                "// nothing",
            })
    void programThatCannotRunIsRefused(String source) throws IOException {
        Path file = write("Main.java", source);
        assertThatThrownBy(() -> LoadedProgram.compile(file).body(new String[0]))
                .isInstanceOf(BadSourceException.class)
                .hasMessageContaining("Main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void main() {\n    int x = ;\n}", "void main() {\n    int x = \"\";\n}"})
    void compileErrorIsShownAsJavacShowsIt(String source) throws IOException {
        Path file = write("Main.java", source);
        assertThatThrownBy(() -> LoadedProgram.compile(file)).hasMessageContaining(file + ":2: error: ");
    }

    @Test
    void exceptionOfMainIsNotWrapped() throws IOException {
        var body =
                LoadedProgram.compile(
                                write("Main.java", "void main() throws Exception { throw new Exception(\"x\"); }"))
                        .body(new String[0]);
        assertThatThrownBy(body::run).isExactlyInstanceOf(Exception.class).hasMessage("x");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }
}
