package gofer.cli;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.util.JavacTask;
import gofer.Go;
import gofer.testing.Explore;
import gofer.testing.agent.Points;
import gofer.vet.Finding;
import gofer.vet.Vet;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// The result of compiling a source file, and other sources to which it refers.
///
/// @param mainClass the binary name of the first class in the file
/// @param root the source root of the file's package, below which other sources and resources are found
/// @param classes the bytes of each class, by binary name
/// @param findings what the chosen checks find in the file
record Compilation(String mainClass, Path root, Map<String, byte[]> classes, List<Finding> findings) {
    static Compilation of(Path file, Vet vet) {
        return of(file, vet, true);
    }

    /// Returns the findings in a file, without the classes.
    static List<Finding> check(Path file, Vet vet) {
        return of(file, vet, false).findings;
    }

    private static Compilation of(Path file, Vet vet, boolean toRun) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var output = new MemoryOutput(new ReadableSources(files));
            var options =
                    List.of("-proc:none", "-nowarn", "--module-path", libraries(), "--add-modules", "gofer.testing");
            files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of()); // the default is the working directory
            var sources = files.getJavaFileObjects(file);
            var task = (JavacTask) compiler.getTask(null, output, problems, options, null, sources);
            CompilationUnitTree unit = task.parse().iterator().next();
            check(problems);
            Path root = root(file, unit);
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of(root));
            task.analyze();
            check(problems);
            List<Finding> findings = vet.check(task, unit); // before `generate`, which changes the tree
            if (toRun) task.generate();
            check(problems);
            return new Compilation(toRun ? mainClass(file, unit) : "", root, output.classes(), findings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the same classes with scheduling points.
    Compilation withPoints() {
        return new Compilation(mainClass, root, Points.addTo(classes), findings);
    }

    /// Returns the jars of Gofer in this process.
    private static String libraries() {
        return home(Go.class) + File.pathSeparator + home(Explore.class);
    }

    private static Path home(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void check(DiagnosticCollector<JavaFileObject> problems) {
        var text = new StringBuilder();
        for (var problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) text.append(problem).append('\n');
        }
        if (!text.isEmpty()) throw new BadSourceException(text.toString());
    }

    /// Returns the source root, as `java FILE.java` does: for file `x/a/b/C.java` of package `a.b`, the root is `x`.
    private static Path root(Path file, CompilationUnitTree unit) {
        Path root = file.toAbsolutePath().resolveSibling("");
        ExpressionTree name = unit.getPackageName();
        if (name == null) return root;
        Path folders = CommandLine.path(name.toString().replace('.', '/'));
        if (!root.endsWith(folders)) {
            throw new BadSourceException(
                    "gofer: " + file + " is in package " + name + ", but not in a folder " + folders + "\n");
        }
        for (int i = 0; i < folders.getNameCount(); i++) root = root.resolveSibling("");
        return root;
    }

    private static String mainClass(Path file, CompilationUnitTree unit) {
        for (var type : unit.getTypeDecls()) {
            if (type instanceof ClassTree first) {
                String name = first.getSimpleName().toString();
                return unit.getPackageName() == null ? name : unit.getPackageName() + "." + name;
            }
        }
        throw new BadSourceException("gofer: " + file + " declares no class\n");
    }
}
