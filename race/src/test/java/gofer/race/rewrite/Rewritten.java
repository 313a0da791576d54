package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A program that runs with and without hooks. Its class `Main` has a method `run`, without parameters.
final class Rewritten {

    private final Map<String, byte[]> classes;
    private final ProgramClasses rewriter;
    private final ClassLoader loader;

    private Rewritten(Map<String, byte[]> classes, Predicate<String> scope) {
        this.classes = classes;
        rewriter = new ProgramClasses(scope, RecordedHooks.detector());
        loader = new RewritingLoader(classes, rewriter);
    }

    static Rewritten of(String source, String... options) {
        return of(Compiled.of(source, options), _ -> true);
    }

    static Rewritten of(Map<String, byte[]> classes, Predicate<String> scope) {
        return new Rewritten(classes, scope.and(classes::containsKey));
    }

    ProgramClasses rewriter() {
        return rewriter;
    }

    /// Loads a rewritten class.
    Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException missing) {
            throw new LinkageError(name, missing);
        }
    }

    /// Initializes `Main`, runs the program, and checks that it does what it does without hooks. Returns the calls of hooks.
    List<String> run() {
        verify();
        String expected = run(new RewritingLoader(classes, null));
        initialize(loader);
        String[] result = new String[1];
        List<String> log = RecordedHooks.during(() -> result[0] = run(loader));
        assertThat(result[0]).isEqualTo(expected);
        assertThat(rewriter.unrewritten()).isEmpty();
        return log;
    }

    private static Class<?> initialize(ClassLoader loader) {
        try {
            return Class.forName("Main", true, loader);
        } catch (ClassNotFoundException missing) {
            throw new LinkageError("Main", missing);
        }
    }

    private void verify() {
        var hierarchy =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile verifier = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
        classes.forEach((name, file) -> {
            byte[] rewritten = rewriter.transform(loader, name.replace('.', '/'), null, null, file);
            boolean hasFrames = ClassFile.of().parse(file).majorVersion() >= ClassFile.JAVA_6_VERSION;
            if (rewritten != null && hasFrames) {
                assertThat(verifier.verify(rewritten)).as(name).isEmpty();
            }
        });
    }

    /// Runs the program of a loader, and returns its result as text.
    static String run(ClassLoader loader) {
        try {
            var method = initialize(loader).getDeclaredMethod("run");
            method.setAccessible(true);
            return String.valueOf(method.invoke(null));
        } catch (InvocationTargetException thrown) {
            return String.valueOf(thrown.getCause());
        } catch (ReflectiveOperationException wrong) {
            throw new LinkageError("Main.run", wrong);
        }
    }
}
