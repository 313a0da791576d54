package gofer.vet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plugin of javac.
final class GoferVetTest {
    private static final String LOST =
            """
            package shop;
            import gofer.context.Context;
            class Lost {
                void work(Context parent) {
                    var ctx = parent.withCancel();
                    System.out.println(ctx.isDone());
                }
            }
            class Second {
                void drop(gofer.chan.Chan<Integer> chan, gofer.sync.Mutex mu) {
                    chan.sending(1);
                    mu.tryLock();
                }
                int keep(Context ctx, gofer.chan.Chan<Integer> chan) {
                    return chan.recv();
                }
            }
            """;

    @TempDir Path folder;

    private record Outcome(boolean ok, List<Diagnostic<? extends JavaFileObject>> said) {
        List<String> lines() {
            return said.stream()
                    .map(d -> d.getLineNumber() + " " + d.getKind() + " " + first(d.getMessage(Locale.ROOT)))
                    .toList();
        }

        private static String first(String text) {
            return text.replaceAll("(?s)\\].*", "]");
        }
    }

    /// Compiles with the class path for Gofer alone, and with the plugin on the processor path alone.
    private Outcome compile(String plugin, String source, String... more) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder.resolve("shop")).resolve("Lost.java"), source);
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var options = new ArrayList<>(List.of(plugin, "-proc:none", "-d", folder.toString()));
            options.addAll(List.of("-processorpath", classes(), "-classpath", Vetting.modules()));
            options.addAll(List.of(more));
            boolean ok = compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file)).call();
            return new Outcome(ok, problems.getDiagnostics());
        }
    }

    private static String classes() {
        Path home = Vetting.home(GoferVet.class);
        return home + File.pathSeparator + home; // a list of several works, too
    }

    @Test
    void findingsAreErrorsAndWarningsOfTheCompiler() throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet", LOST);
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.lines())
                .containsExactly("5 ERROR [LostCancel]", "11 ERROR [UnusedResult]", "12 WARNING [UnusedResult]");
        assertThat(outcome.said().getFirst().getMessage(Locale.ROOT)).contains("`ctx`", "try (var ctx");
    }

    @Test
    void onlySelectsChecks() throws IOException {
        assertThat(compile("-Xplugin:GoferVet only=UnusedResult,AddInGoroutine", LOST).lines())
                .containsExactly("11 ERROR [UnusedResult]", "12 WARNING [UnusedResult]");
    }

    @Test
    void withAddsChecks() throws IOException {
        assertThat(compile("-Xplugin:GoferVet with=CtxDropped", LOST).lines()).contains("15 WARNING [CtxDropped]");
    }

    @Test
    void errorsCanBeWarnings() throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet warn", LOST);
        assertThat(outcome.ok()).isTrue();
        assertThat(outcome.lines()).contains("5 WARNING [LostCancel]");
        assertThat(folder.resolve("shop/Lost.class")).exists();
    }

    /// The compiler translates the classes of a file one by one.
    @Test
    void eachClassIsCheckedWhateverTheOrderOfTheCompiler() throws IOException {
        for (String policy : List.of("simple", "byfile", "bytodo")) {
            assertThat(compile("-Xplugin:GoferVet warn", LOST, "-XDcompilePolicy=" + policy).lines())
                    .as(policy)
                    .hasSize(3);
        }
    }

    @Test
    void programWithoutGoferCompilesAsBefore() throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet", "package shop; enum Lost { A { void f() { f(); } } }");
        assertThat(outcome.ok()).isTrue();
        assertThat(outcome.said()).isEmpty();
    }

    @Test
    void codeThatDoesNotCompileIsReportedByTheCompilerAlone() throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet", LOST.replace("isDone", "isOver"));
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.said().getFirst().getCode()).startsWith("compiler.err.");
    }

    @Test
    void unknownOptionsAndChecksAreRejected() {
        assertThatThrownBy(() -> compile("-Xplugin:GoferVet fast", LOST)).hasMessageContaining("no option 'fast'");
        assertThatThrownBy(() -> compile("-Xplugin:GoferVet only=Lost", LOST)).hasMessageContaining("no check 'Lost'");
    }

    /// A compiler of its own, as Maven and Gradle start it, without flags for its internals.
    @Test
    void worksInAProcessOfItsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("Lost.java"), LOST);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/javac").toString()));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-Xplugin:GoferVet", "-proc:none"));
        command.addAll(List.of("-processorpath", classes(), "-cp", Vetting.modules(), "-d", folder.toString()));
        command.add(file.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said).contains("Lost.java:5: error: [LostCancel] `ctx` is never cancelled", "2 errors", "1 warning");
    }
}
