package gofer.vet.errorprone;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.vet.errorprone.Compiler.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The options and annotations of Error Prone apply to Gofer's checks.
final class OptionsTest {
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
                static final class Inner {
                    int keep(Context ctx, gofer.chan.Chan<Integer> chan) {
                        return chan.recv();
                    }
                    void drop(gofer.chan.Chan<Integer> chan) {
                        chan.sending(2);
                    }
                }
            }
            """;

    private static final String LOST_CANCEL = "5 error LostCancel";
    private static final String SENDING = "11 error UnusedResult";
    private static final String TRY_LOCK = "12 warning UnusedResult";
    private static final String SENDING_TWO = "19 error UnusedResult";

    /// Error Prone's own check reports calls of `sending` too, and the compiler prints only one error for a place.
    private static final String OVERLAP_OFF = "-Xep:CheckReturnValue:OFF";

    @TempDir Path folder;

    private List<String> compile(String source, String... flags) throws IOException {
        return messages(source, flags).stream().map(Message::toString).toList();
    }

    private List<Message> messages(String source, String... flags) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder.resolve("shop")).resolve("Lost.java"), source);
        var all = new ArrayList<>(List.of(flags));
        all.add(OVERLAP_OFF);
        return Compiler.compile(file, folder, all.toArray(String[]::new));
    }

    /// Error Prone's own checks run, too.
    @Test
    void eachFindingIsReportedOnceWithItsOwnSeverity() throws IOException {
        assertThat(compile(LOST)).containsExactly(LOST_CANCEL, SENDING, TRY_LOCK, SENDING_TWO);
        assertThat(messages(LOST).getFirst().text())
                .startsWith("[LostCancel] `ctx` is never cancelled")
                .contains("\n  Derive it in a `try` statement")
                .doesNotContain("errorprone.info");
    }

    @Test
    void checkCanBeOff() throws IOException {
        assertThat(compile(LOST, "-Xep:UnusedResult:OFF")).containsExactly(LOST_CANCEL);
    }

    @Test
    void checkCanWarn() throws IOException {
        assertThat(compile(LOST, "-Xep:LostCancel:WARN"))
                .containsExactly("5 warning LostCancel", SENDING, TRY_LOCK, SENDING_TWO);
        assertThat(compile(LOST, "-Xep:LostCancel:OFF", "-Xep:UnusedResult:WARN"))
                .containsExactly("11 warning UnusedResult", TRY_LOCK, "19 warning UnusedResult");
        assertThat(folder.resolve("shop/Lost.class")).exists();
    }

    @Test
    void checkCanBeAnError() throws IOException {
        assertThat(compile(LOST, "-Xep:UnusedResult:ERROR"))
                .containsExactly(LOST_CANCEL, SENDING, "12 error UnusedResult", SENDING_TWO);
    }

    @Test
    void checkCanHaveItsDefault() throws IOException {
        assertThat(compile(LOST, "-XepDisableAllChecks", "-Xep:UnusedResult:DEFAULT"))
                .containsExactly(SENDING, TRY_LOCK, SENDING_TWO);
    }

    @Test
    void optionsForAllChecksApply() throws IOException {
        assertThat(compile(LOST, "-XepAllErrorsAsWarnings")).hasSize(4).allMatch(text -> text.contains(" warning "));
        assertThat(compile(LOST, "-XepDisableAllWarnings")).containsExactly(LOST_CANCEL, SENDING, SENDING_TWO);
        assertThat(compile(LOST, "-XepDisableAllChecks")).isEmpty();
        assertThat(compile(LOST, "-XepExcludedPaths:.*/shop/.*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xep:CtxDropped", "-Xep:CtxDropped:WARN", "-XepAllDisabledChecksAsWarnings"})
    void optionsEnableChecksThatRunOnRequest(String flag) throws IOException {
        assertThat(compile(LOST, flag)).contains("16 warning CtxDropped").hasSize(5);
    }

    @Test
    void checkThatRunsOnRequestCanBeAnErrorOrOff() throws IOException {
        assertThat(compile(LOST, "-Xep:CtxDropped:ERROR")).contains("16 error CtxDropped");
        assertThat(compile(LOST, "-Xep:CtxDropped:OFF")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LostCancel", "all"})
    void annotationsSuppress(String name) throws IOException {
        String annotation = "@SuppressWarnings(\"" + name + "\") ";
        for (String place : List.of("class Lost", "void work", "var ctx")) {
            assertThat(compile(LOST.replace(place, annotation + place)))
                    .as(place)
                    .containsExactly(SENDING, TRY_LOCK, SENDING_TWO);
        }
        assertThat(compile(LOST.replace("void drop", annotation + "void drop"))).contains(LOST_CANCEL);
    }

    @Test
    void generatedCodeCanBeLeftOut() throws IOException {
        String generated = LOST.replace("static final", "@javax.annotation.processing.Generated(\"x\") static final");
        assertThat(compile(generated, "-XepDisableWarningsInGeneratedCode", "-Xep:UnusedResult:WARN"))
                .containsExactly(LOST_CANCEL, "11 warning UnusedResult", TRY_LOCK);
    }

    /// A compiler of its own, as Maven starts it, with the flags that Error Prone needs.
    @Test
    void worksInAProcessOfItsOwn() throws Exception {
        Path file = Files.writeString(folder.resolve("Lost.java"), LOST);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/javac").toString()));
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        for (String part : List.of("api", "file", "main", "model", "parser", "processing", "tree", "util"))
            command.add("-J--add-exports=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
        for (String part : List.of("code", "comp"))
            command.add("-J--add-opens=jdk.compiler/com.sun.tools.javac." + part + "=ALL-UNNAMED");
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.addAll(Compiler.options(folder, "-Xep:CtxDropped:WARN", OVERLAP_OFF));
        command.add(file.toString());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("Lost.java:5: error: [LostCancel] `ctx` is never cancelled")
                .contains("Lost.java:16: warning: [CtxDropped]")
                .contains("3 errors", "2 warnings");
    }
}
