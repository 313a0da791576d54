package gofer.vet.errorprone;

import gofer.chan.Chan;
import gofer.testing.Explore;
import gofer.vet.Vet;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/// Compiles files that use Gofer with Error Prone and the checks of this module.
final class Compiler {
    private static final List<String> CLASS_PATH =
            List.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)));

    private Compiler() {}

    /// A message of the compiler about a check.
    ///
    /// @param line its line in the file
    /// @param isError whether it is an error and not a warning
    /// @param check the name of the check
    /// @param text the whole message
    record Message(long line, boolean isError, String check, String text) {
        @Override
        public String toString() {
            return line + (isError ? " error " : " warning ") + check;
        }
    }

    /// Returns the messages about Gofer's checks. `flags` are options of Error Prone. Throws if the file does not compile.
    static List<Message> compile(Path file, Path output, String... flags) throws IOException {
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var options = new ArrayList<>(options(output, flags));
            options.addAll(List.of("--class-path", String.join(File.pathSeparator, CLASS_PATH)));
            compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file)).call();
        }
        var messages = new ArrayList<Message>();
        for (var problem : problems.getDiagnostics()) {
            String text = problem.getMessage(Locale.ROOT);
            boolean isError = problem.getKind() == Diagnostic.Kind.ERROR;
            String check = text.startsWith("[") ? text.substring(1, text.indexOf(']')) : "";
            if (isGofers(check)) messages.add(new Message(problem.getLineNumber(), isError, check, text));
            else if (isError) throw new AssertionError(problem);
        }
        return messages;
    }

    private static boolean isGofers(String name) {
        return Vet.checks().stream().anyMatch(check -> check.name().equals(name));
    }

    /// Returns the options with which javac runs Error Prone, and finds Gofer as modules.
    static List<String> options(Path output, String... flags) {
        String plugin =
                Stream.concat(Stream.of("-Xplugin:ErrorProne"), Stream.of(flags)).collect(Collectors.joining(" "));
        return List.of(
                plugin,
                "-processorpath",
                processorPath(),
                "--module-path",
                home(Chan.class) + File.pathSeparator + home(Explore.class),
                "--add-modules",
                "gofer.testing",
                "-proc:none",
                "-XDaddTypeAnnotationsToSymbol=true",
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                "-Xmaxerrs",
                "1000",
                "-Xmaxwarns",
                "1000",
                "-d",
                output.toString());
    }

    /// Returns what a build has on the processor path: Error Prone and the checks, without Gofer itself.
    private static String processorPath() {
        List<Path> gofer = List.of(home(Chan.class), home(Explore.class), home(Compiler.class));
        return CLASS_PATH.stream()
                .filter(entry -> !gofer.contains(Path.of(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path home(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
