package gofer.testing.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A transformer that adds scheduling points to the classes of a program when they are loaded. A class that it cannot rewrite
/// stays as it is, and searches report it.
final class PointsRewriter implements ClassFileTransformer {

    /// The class loader of the launcher. The launcher itself adds scheduling points to the classes.
    private static final String LAUNCHER_LOADER = "gofer.cli.MemoryLoader";

    private static final String MARK = GoferPoints.NAME.replace('.', '/');

    private final Selection selection;
    private final Map<ClassLoader, Points> points = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<ClassLoader, Set<String>> rewrittenAtLoad =
            Collections.synchronizedMap(new WeakHashMap<>()); // at load

    PointsRewriter(Selection selection) {
        this.selection = selection;
    }

    boolean appliesTo(Class<?> type) {
        return type == Thread.class
                || !type.isHidden()
                        && !type.isArray()
                        && type.getClassLoader() instanceof ClassLoader loader
                        && appliesTo(loader, type.getName().replace('.', '/'));
    }

    private boolean appliesTo(@Nullable ClassLoader loader, String name) {
        return loader != null
                && loader != ClassLoader.getPlatformClassLoader()
                && selection.selects(name)
                && !loader.getClass().getName().equals(LAUNCHER_LOADER);
    }

    /// Returns whether the class got its scheduling points when it was loaded. If another tool retransforms the class later, as
    /// mocking libraries do, it must get the same methods and flags again. The JVM refuses a class that has lost some.
    private boolean wasRewrittenAtLoad(ClassLoader loader, String name, @Nullable Class<?> loaded) {
        Set<String> names = rewrittenAtLoad.computeIfAbsent(loader, _ -> ConcurrentHashMap.newKeySet());
        if (loaded == null) {
            names.add(name);
        }
        return names.contains(name);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        boolean isThread = ThreadStarts.THREAD.equals(name);
        if (name == null || !isThread && !appliesTo(loader, name)) {
            return null;
        }
        try {
            if (isThread) {
                return ThreadStarts.rewritten(classFile);
            }
            if (new String(classFile, ISO_8859_1).contains(MARK)) {
                return null; // rewritten by another copy of the library, or kept by a tool
            }
            return points.computeIfAbsent(
                            Objects.requireNonNull(loader), key -> Points.of(key, GoferPoints::addUnrewritten))
                    .rewrite(classFile, !wasRewrittenAtLoad(loader, name, loaded));
        } catch (Throwable broken) { // the JVM would not report it
            GoferPoints.addUnrewritten(name.replace('/', '.') + ", which could not be rewritten: " + broken);
            return null;
        }
    }
}
