package gofer.testing.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// The start of the race detector, which is in a jar inside this one. Every class of every loader must see it, so it goes to the
/// bootstrap class loader.
public final class RaceDetector {

    private static final String JAR = "/META-INF/gofer-race.jar";
    private static final String AGENT = "gofer.race.RaceAgent";

    private static final String CLASS = ".class";
    private static final String HOOKS = "java.lang.GoferRace";

    private RaceDetector() {}

    /// Returns whether the race detector runs.
    public static boolean isRunning() {
        try {
            Class.forName(HOOKS, false, null);
            return true;
        } catch (ClassNotFoundException notStarted) {
            return false;
        }
    }

    /// Starts to look for data races in the classes that `selection` selects. Throws [IllegalStateException] if the detector is
    /// missing, and [IllegalArgumentException] for invalid options of the detector itself.
    ///
    /// @param options the text of the selection, for messages
    static void start(Instrumentation jvm, Selection selection, String options)
            throws ReflectiveOperationException, IOException {
        Path copy = copy();
        try (var jar = new JarFile(copy.toFile())) {
            jvm.appendToBootstrapClassLoaderSearch(jar);
            load(jar);
        }
        Predicate<String> scope = selection::selects;
        try {
            Class.forName(AGENT, true, null)
                    .getMethod("install", Instrumentation.class, Predicate.class, String.class)
                    .invoke(null, jvm, scope, selection.isLimited() ? options : "");
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof IllegalArgumentException invalid) {
                throw invalid;
            }
            throw failed;
        }
    }

    /// Loads the classes of the detector, because it runs when classes are loaded.
    private static void load(JarFile jar) throws ClassNotFoundException {
        for (JarEntry entry : Collections.list(jar.entries())) {
            String name = entry.getName();
            if (name.endsWith(CLASS)) {
                Class.forName(name.substring(0, name.length() - CLASS.length()).replace('/', '.'), false, null);
            }
        }
    }

    private static Path copy() throws IOException {
        try (InputStream jar = RaceDetector.class.getResourceAsStream(JAR)) {
            if (jar == null) {
                throw new IllegalStateException(
                        "this copy of gofer-testing has no race detector: " + JAR + " is missing");
            }
            Path copy = Files.createTempFile("gofer-race", ".jar");
            copy.toFile().deleteOnExit();
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            return copy;
        }
    }
}
