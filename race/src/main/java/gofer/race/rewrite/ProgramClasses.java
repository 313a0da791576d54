package gofer.race.rewrite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gofer.race.runtime.Hooks;
import java.lang.classfile.ClassModel;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A transformer that adds the hooks of the detector to the classes of a program when they are loaded.
///
/// A class that was loaded before stays as it is. If another tool retransforms a rewritten class, it gets the same members again.
public final class ProgramClasses implements ClassFileTransformer {

    /// A class or method without hooks, or without some of them.
    ///
    /// @param name the binary name of the class, with `.` and the name of the method if there is one
    public record Unrewritten(String name, String reason) {}

    private final Predicate<String> scope; // by internal name
    private final Detector detector;
    private final String mark; // the internal name of the hooks, which rewritten classes contain
    private final Map<ClassLoader, ClassFiles> files = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<ClassLoader, Set<String>> rewrittenAtLoad = Collections.synchronizedMap(new WeakHashMap<>());
    private final List<Unrewritten> unrewritten = new CopyOnWriteArrayList<>();
    private volatile boolean hasSelected;

    /// @param scope returns whether the class with a binary name is rewritten; it must always return the same. Classes of the
    ///     JDK are never rewritten.
    public ProgramClasses(Predicate<String> scope) {
        this(scope, Detector.ofJvm());
    }

    ProgramClasses(Predicate<String> scope, Detector detector) {
        this.scope = name -> !Jdk.contains(name) && scope.test(name.replace('/', '.'));
        this.detector = detector;
        mark = detector.hooksName();
    }

    /// Returns the classes and methods that are not completely rewritten.
    public List<Unrewritten> unrewritten() {
        return List.copyOf(unrewritten);
    }

    /// Returns whether a class of the scope was loaded.
    public boolean hasSelected() {
        return hasSelected;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (name == null || !scope.test(name)) {
            return null;
        }
        hasSelected = true;
        Hooks.enterQuiet(); // the current thread runs the program
        try {
            return isNewOrRewritten(loader, name, loaded) ? rewrite(loader, classFile) : null;
        } catch (Throwable broken) { // the JVM would not report it
            unrewritten.add(new Unrewritten(name.replace('/', '.'), broken.toString()));
            return null;
        } finally {
            Hooks.exitQuiet();
        }
    }

    /// Returns false for a class that was loaded before. It cannot get other members.
    private boolean isNewOrRewritten(@Nullable ClassLoader loader, String name, @Nullable Class<?> loaded) {
        Set<String> names = rewrittenAtLoad.computeIfAbsent(loader, _ -> ConcurrentHashMap.newKeySet());
        if (loaded == null) {
            names.add(name);
        }
        return names.contains(name);
    }

    private byte @Nullable [] rewrite(@Nullable ClassLoader loader, byte[] classFile) {
        ClassModel type = ClassRewriter.FILE.parse(classFile);
        if (type.isModuleInfo() || new String(classFile, ISO_8859_1).contains(mark)) {
            return null; // the latter has been rewritten by another copy of the library, or kept by a tool
        }
        ClassFiles found = files.computeIfAbsent(loader, ClassFiles::of);
        found.add(type);
        return new ClassRewriter(type, found, new Variables(found, scope), detector, this::addUnrewritten).rewrite();
    }

    private void addUnrewritten(String name, String reason) {
        unrewritten.add(new Unrewritten(name, reason));
    }
}
