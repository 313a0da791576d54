package gofer.it;

import app.Main;
import gofer.Go;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import shop.Listener;

/// The jars of earlier modules, and the archives and images that this module builds from them.
final class Built {
    static final Path GOFER = jarOf(Go.class);
    static final Path PROGRAM = jarOf(Main.class);
    static final String MODULES = GOFER + File.pathSeparator + PROGRAM;

    /// The folder of this JVM. Other JVMs run the tests of this module at the same time.
    private static final Path FOLDER = Path.of(System.getProperty("built.folder", "target/built"));

    private static final Map<String, Path> IMAGES = new ConcurrentHashMap<>();

    private Built() {}

    private static Path jarOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /// Returns the executable jar of another module.
    static Path boot(String module) throws IOException {
        try (var files = Files.list(Path.of("..", module, "target"))) {
            return files.filter(file -> file.getFileName().toString().matches("gofer-it-" + module + ".*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// Returns a class path with Tomcat, and without Gofer.
    static String tomcat() {
        var entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return Stream.concat(Stream.of(jarOf(Host.class).toString()), entries.filter(e -> e.contains("tomcat")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// Returns a web application with everything that it needs.
    static Path war() throws IOException {
        Path content = cleared("war");
        Path library = Files.createDirectories(content.resolve("WEB-INF/lib"));
        for (Path jar : List.of(GOFER, PROGRAM)) Files.copy(jar, library.resolve(jar.getFileName()));
        Path classes = Files.createDirectories(content.resolve("WEB-INF/classes/shop"));
        try (var files = Files.list(jarOf(Listener.class).resolve("shop"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, classes.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path war = FOLDER.resolve("shop.war");
        run("jar", "--create", "--file", war.toString(), "-C", content.toString(), ".");
        return war;
    }

    /// Creates a runtime image with `modules`, and with the program if it is among them. It is built once.
    static Path image(String name, String modules) throws IOException {
        Path built = IMAGES.get(name);
        if (built != null) return built;
        Path image = cleared(name);
        run("jlink", "-p", MODULES, "--add-modules", modules, "--output", image.toString());
        IMAGES.put(name, image);
        return image;
    }

    private static Path cleared(String name) throws IOException {
        Path folder = FOLDER.resolve(name);
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) Files.delete(file);
            }
        }
        Files.createDirectories(FOLDER);
        return folder;
    }

    private static void run(String tool, String... args) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, args);
        if (status != 0) throw new AssertionError(tool + " ends with status " + status);
    }
}
