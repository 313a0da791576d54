package gofer.race.edges;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.race.edges.child.RecordingHooks;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// Programs for child JVMs that cannot be compiled with the tests.
final class Sources {

    private Sources() {}

    /// Compiles the sources below a folder of the test resources into `directory`.
    static void compile(String folder, Path directory) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn"));
        arguments.addAll(List.of("-cp", ChildJvm.root(Edges.class) + File.pathSeparator + tests()));
        arguments.addAll(List.of("-d", directory.toString()));
        try (Stream<Path> files = Files.walk(folder(folder))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(javac.run(System.out, System.err, arguments.toArray(String[]::new))).isZero();
    }

    /// Returns the folder with the classes of the tests.
    static Path tests() {
        return ChildJvm.root(RecordingHooks.class);
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Sources.class.getResource("/edges/" + name)).toURI());
    }
}
