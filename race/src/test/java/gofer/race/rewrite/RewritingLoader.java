package gofer.race.rewrite;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A loader of class files in memory that rewrites them as the agent does.
final class RewritingLoader extends ClassLoader {

    private final Map<String, byte[]> classes;
    private final @Nullable ProgramClasses rewriter;
    private final boolean hasResources;

    /// @param classes the class files, by binary name
    /// @param rewriter the rewriter; null to load the classes as they are
    RewritingLoader(Map<String, byte[]> classes, @Nullable ProgramClasses rewriter) {
        this(classes, rewriter, true);
    }

    /// @param hasResources whether the loader returns class files as resources
    RewritingLoader(Map<String, byte[]> classes, @Nullable ProgramClasses rewriter, boolean hasResources) {
        super(RewritingLoader.class.getClassLoader());
        this.classes = classes;
        this.rewriter = rewriter;
        this.hasResources = hasResources;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!classes.containsKey(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] file = classes.get(name);
        if (file == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] rewritten = rewriter == null ? null : rewriter.transform(this, name.replace('.', '/'), null, null, file);
        byte[] defined = rewritten == null ? file : rewritten;
        return defineClass(name, defined, 0, defined.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] file =
                hasResources && name.endsWith(".class")
                        ? classes.get(name.replace(".class", "").replace('/', '.'))
                        : null;
        return file == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(file);
    }
}
