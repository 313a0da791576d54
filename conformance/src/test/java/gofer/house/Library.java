package gofer.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The class files that the build made of module `gofer` and of others.
final class Library {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize(); // of the repository: tests run in conformance/
    private static final Path CLASSES = classes("core");

    private Library() {}

    /// Returns every class except module-info and package-info.
    static List<byte[]> classFiles() {
        return classFiles("core");
    }

    /// Returns the same for the Maven module in folder `module`.
    static List<byte[]> classFiles(String module) {
        return files(classes(module)).filter(f -> !f.toString().endsWith("-info.class")).map(Library::read).toList();
    }

    /// Returns the public types that a user can name, including nested types.
    static List<Class<?>> exportedTypes() {
        Set<String> packages = exportedPackages();
        return files(CLASSES)
                .map(f -> CLASSES.relativize(f).toString().replaceFirst("\\.class$", "").replace('/', '.'))
                .filter(name -> name.contains(".") && packages.contains(name.substring(0, name.lastIndexOf('.'))))
                .filter(name -> !name.endsWith("-info"))
                .<Class<?>>map(Library::load)
                .filter(Surface::isVisible)
                .toList();
    }

    static Set<String> exportedPackages() {
        return exportedPackages("core");
    }

    static Set<String> exportedPackages(String module) {
        Path info = classes(module).resolve("module-info.class");
        if (!Files.exists(info)) return Set.of();
        try (var in = Files.newInputStream(info)) {
            var names = new TreeSet<String>();
            ModuleDescriptor.read(in).exports().stream()
                    .filter(e -> !e.isQualified())
                    .forEach(e -> names.add(e.source()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path classes(String module) {
        return ROOT.resolve(module).resolve("target/classes");
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".class")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Library.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is in core/target/classes and not on the class path", e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
