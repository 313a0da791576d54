package gofer.vet;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import gofer.chan.Chan;
import gofer.testing.Explore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Compiles files that use Gofer, and checks them.
final class Vetting {
    private static final String CLASSES = System.getProperty("java.class.path");

    private Vetting() {}

    /// Returns the findings of `vet` in a compact or ordinary source file. Throws if it does not compile.
    static List<Finding> of(Vet vet, Path file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var manager = compiler.getStandardFileManager(problems, null, null)) {
            var sources = manager.getJavaFileObjects(file);
            var task = (JavacTask) compiler.getTask(null, manager, problems, options(), null, sources);
            var found = new ArrayList<Finding>();
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            problems.getDiagnostics().stream()
                    .filter(p -> p.getKind() == Diagnostic.Kind.ERROR)
                    .findFirst()
                    .ifPresent(p -> {
                        throw new AssertionError(p);
                    });
            for (var unit : units) found.addAll(vet.check(task, unit));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the options with which javac finds Gofer, as modules for compact files, and JUnit.
    static List<String> options() {
        var options = new ArrayList<>(List.of("-proc:none", "-nowarn", "--class-path", CLASSES));
        options.addAll(List.of("--module-path", modules(), "--add-modules", "gofer.testing"));
        return options;
    }

    /// Returns the folders or jars of Gofer in the class path.
    static String modules() {
        return home(Chan.class) + File.pathSeparator + home(Explore.class);
    }

    static Path home(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
