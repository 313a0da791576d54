package gofer.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A class loader that loads the user's classes from memory, and resources from the folder of the source. It also returns the
/// class files as resources, which agents read.
final class MemoryLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String CLASS_FILE = ".class";

    private final Map<String, byte[]> classes; // by binary name
    private final Path root;

    MemoryLoader(Map<String, byte[]> classes, Path root) {
        super(Main.class.getClassLoader());
        this.classes = Map.copyOf(classes);
        this.root = root;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        String type = name.endsWith(CLASS_FILE) ? name.substring(0, name.length() - CLASS_FILE.length()) : "";
        byte[] bytes = classes.get(type.replace('/', '.'));
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        Path file = root.resolve(name);
        try {
            return Files.exists(file) ? file.toUri().toURL() : null;
        } catch (MalformedURLException e) {
            return null;
        }
    }
}
