package gofer.testing.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A class loader with its own copy of the library, as plug-ins and web applications have.
class OtherLoaderTest {

    @Test
    void copyUsesGofersScheduler() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            URI uri = Path.of(entry).toUri();
            urls.add(uri.toURL());
        }
        // Never closed: the threads of its scheduler stay alive, and may load a class at any time.
        var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Class<?> go = loader.loadClass("gofer.Go");
        assertThat(go.getClassLoader()).isSameAs(loader);
        assertThat(String.valueOf(go.getMethod("scheduler").invoke(null))).startsWith("Gofer's scheduler");
    }
}
