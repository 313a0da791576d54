package gofer.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/// A file manager that skips source files with names that the locale cannot encode. The compiler's own file manager fails for all
/// files of a folder that has such a name.
final class ReadableSources extends ForwardingJavaFileManager<StandardJavaFileManager> {
    ReadableSources(StandardJavaFileManager files) {
        super(files);
    }

    @Override
    public Iterable<JavaFileObject> list(
            Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
        try {
            return super.list(location, packageName, kinds, recurse);
        } catch (IOException | InvalidPathException e) {
            if (location != StandardLocation.SOURCE_PATH || recurse) throw e;
            return kinds.contains(JavaFileObject.Kind.SOURCE) ? sources(packageName) : List.of();
        }
    }

    private Iterable<JavaFileObject> sources(String packageName) throws IOException {
        var sources = new ArrayList<Path>();
        for (Path root : fileManager.getLocationAsPaths(StandardLocation.SOURCE_PATH)) {
            try (var files = Files.newDirectoryStream(root.resolve(packageName.replace('.', '/')), "*.java")) {
                for (Path file : files)
                    if (isEncodable(file.getFileName()) && Files.isRegularFile(file)) sources.add(file);
            } catch (InvalidPathException unmappable) {
                // no folder can have the name
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        var objects = new ArrayList<JavaFileObject>();
        fileManager.getJavaFileObjectsFromPaths(sources).forEach(objects::add);
        return objects;
    }

    private static boolean isEncodable(Path name) {
        try {
            return Path.of(name.toString()).equals(name);
        } catch (InvalidPathException unmappable) {
            return false;
        }
    }
}
