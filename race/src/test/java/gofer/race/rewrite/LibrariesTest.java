package gofer.race.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/// Rewrites libraries, and lets the JVM verify their classes.
final class LibrariesTest {

    @Test
    void assertJIsRewritten() throws Exception {
        check(Assertions.class);
    }

    @Test
    void jUnitIsRewritten() throws Exception {
        check(Test.class);
        check(AssertionFailedError.class);
    }

    private static void check(Class<?> ofLibrary) throws Exception {
        Path jar = Path.of(ofLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
        Map<String, byte[]> classes = read(jar);
        var rewriter = new ProgramClasses(classes::containsKey, RecordedHooks.detector());
        var rewritten = new RewritingLoader(classes, rewriter);
        var plain = new RewritingLoader(classes, null);
        for (String name : classes.keySet()) {
            assertThat(link(rewritten, name)).as(name).isEqualTo(link(plain, name));
        }
        assertThat(rewriter.unrewritten()).isEmpty();
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        try (var file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
                    try (var in = file.getInputStream(entry)) {
                        classes.put(name.replace(".class", "").replace('/', '.'), in.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    /// Lets the JVM verify a class, without initializing it. Returns the error, or an empty text.
    private static String link(ClassLoader loader, String name) {
        try {
            assertThat(Class.forName(name, false, loader).getDeclaredMethods()).isNotNull();
            return "";
        } catch (ReflectiveOperationException | LinkageError broken) {
            return broken.getClass().getName();
        }
    }
}
