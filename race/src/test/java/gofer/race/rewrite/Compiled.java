package gofer.race.rewrite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// The class files of a source text, by binary name.
final class Compiled {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final JavaFileManager LIBRARIES = COMPILER.getStandardFileManager(null, null, UTF_8);

    private Compiled() {}

    /// Compiles classes of the unnamed package, with these options of javac.
    static Map<String, byte[]> of(String source, String... options) {
        Map<String, ByteArrayOutputStream> files = new HashMap<>();
        var manager =
                new ForwardingJavaFileManager<JavaFileManager>(LIBRARIES) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return files.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                            }
                        };
                    }
                };
        var text =
                new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var messages = new StringWriter();
        List<String> all = new ArrayList<>(List.of("-g", "-proc:none", "-nowarn"));
        all.addAll(List.of(options));
        if (!COMPILER.getTask(messages, manager, null, all, null, List.of(text)).call()) {
            throw new IllegalArgumentException(messages.toString());
        }
        Map<String, byte[]> classes = new HashMap<>();
        files.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return classes;
    }
}
