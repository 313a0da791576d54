package gofer.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
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
        return compile(plugin, source, null, more);
    }

    private Outcome compile(String plugin, String source, @Nullable Processor processor, String... more)
            throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder.resolve("shop")).resolve("Lost.java"), source);
        var problems = new DiagnosticCollector<JavaFileObject>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(problems, null, null)) {
            var options =
                    new ArrayList<>(
                            List.of(plugin, processor == null ? "-proc:none" : "-proc:full", "-d", folder.toString()));
            options.addAll(List.of("-processorpath", classes(), "-classpath", Vetting.modules()));
            options.addAll(List.of(more));
            var task = compiler.getTask(null, files, problems, options, null, files.getJavaFileObjects(file));
            if (processor != null) task.setProcessors(List.of(processor));
            boolean ok = task.call();
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
    void wrongOptionsAreErrorsOfTheCompiler() throws IOException {
        assertThat(refusal("fast")).contains("there is no option 'fast'; see docs/vet.md");
        assertThat(refusal("only=Lost")).contains("there is no check 'Lost'");
        assertThat(refusal("only=LostCancel, LockLeak")).contains("'LostCancel,' is not a list of checks");
    }

    private String refusal(String options) throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet " + options, LOST);
        assertThat(outcome.ok()).isFalse();
        assertThat(outcome.lines()).hasSize(1);
        return outcome.said().getFirst().getMessage(Locale.ROOT);
    }

    @Test
    void optionsAddUpInAnyOrder() throws IOException {
        assertThat(compile("-Xplugin:GoferVet with=CtxDropped only=LostCancel only=LockLeak", LOST).lines())
                .containsExactly("5 ERROR [LostCancel]", "15 WARNING [CtxDropped]");
    }

    @Test
    void filesOfAnnotationProcessorsAreNotChecked() throws IOException {
        Outcome outcome = compile("-Xplugin:GoferVet", "package shop; class Lost { Made made; }", new Generator());
        assertThat(outcome.said()).isEmpty();
        assertThat(outcome.ok()).isTrue();
        assertThat(folder.resolve("shop/Made.class")).exists();
        assertThat(compile("-Xplugin:GoferVet", LOST, new Generator()).lines())
                .contains("5 ERROR [LostCancel]")
                .hasSize(3);
    }

    /// Writes a class with findings.
    @SupportedAnnotationTypes("*")
    private static final class Generator extends AbstractProcessor {
        private boolean isDone;

        @Override
        public SourceVersion getSupportedSourceVersion() {
            return SourceVersion.latest();
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
            if (isDone) return false;
            isDone = true;
            try (var file = processingEnv.getFiler().createSourceFile("shop.Made").openWriter()) {
                file.write(LOST.replace("Lost", "Made").replace("Second", "Other"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return false;
        }
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
