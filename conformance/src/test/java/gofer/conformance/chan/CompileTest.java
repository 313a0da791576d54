package gofer.conformance.chan;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.conformance.Pins;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests what the compiler rejects: `perm.go`, and a select without a case for an arm.
class CompileTest {

    @TempDir private Path classes;

    @ParameterizedTest
    @Pins("CH-18")
    @CsvSource(
            delimiter = '|',
            value = {
                "in.send(1)|cannot find symbol",
                "in.trySend(1)|cannot find symbol",
                "in.sending(1)|cannot find symbol",
                "Selects.select(in.sending(1))|cannot find symbol",
                "out.recv()|cannot find symbol",
                "out.recvOk()|cannot find symbol",
                "out.tryRecv()|cannot find symbol",
                "Selects.select(out)|no suitable method",
                "for (int i : out) {}|for-each not applicable",
                "both = in|incompatible types",
                "both = out|incompatible types",
                "in = out|incompatible types",
                "out = in|incompatible types",
                "both.send(\"text\")|incompatible types",
                "String text = both.recv()|incompatible types",
            })
    void directionCannotBeReversed(String statement, String error) {
        assertThat(errors(statement)).singleElement().asString().contains(error);
    }

    @Test
    @Pins("CH-05")
    void receiveOnlyChannelCannotBeClosed() {
        assertThat(errors("in.close()")).singleElement().asString().contains("cannot find symbol");
    }

    @ParameterizedTest
    @Pins("CH-18")
    @CsvSource(
            delimiter = '|',
            value = {
                "both.send(1)",
                "int i = both.recv()",
                "in = both",
                "out = both",
                "out.send(1)",
                "out.close()",
                "int i = in.recv()",
                "for (int i : in) {}",
                "Selects.select(in, out.sending(1))",
            })
    void bidirectionalChannelConvertsToEachDirection(String statement) {
        assertThat(errors(statement)).isEmpty();
    }

    @ParameterizedTest
    @Pins("SE-12")
    @CsvSource(
            delimiter = '|',
            value = {
                "case First(Value(var v)) -> {} case First(Closed()) -> {}",
                "case First(Value(var v)) -> {} case Second(_) -> {}",
                "case Second(_) -> {}",
            })
    void selectThatMissesAnArmOrTheCloseIsRejected(String cases) {
        assertThat(errors("switch (Selects.select(in, out.sending(1))) { " + cases + " }"))
                .singleElement()
                .asString()
                .contains("does not cover all possible input values");
    }

    @Test
    @Pins("SE-12")
    void exhaustiveSelectIsAccepted() {
        String cases = "case First(Value(var v)) -> {} case First(Closed()) -> {} case Second(_) -> {}";
        assertThat(errors("switch (Selects.select(in, out.sending(1))) { " + cases + " }")).isEmpty();
        assertThat(errors("switch (Selects.trySelect(in, out.sending(1))) { " + cases + " }")).hasSize(1);
        assertThat(errors("switch (Selects.trySelect(in, out.sending(1))) { " + cases + " case Default() -> {} }"))
                .isEmpty();
    }

    /// The error is one line, and does not list the overloads with fewer arms.
    @ParameterizedTest
    @CsvSource({"select, 'in, in, in, in, in, in, in'", "trySelect, 'in, in, in, in, in, in, out.sending(1), in, in'"})
    void errorForTooManyArmsNamesTheAlternative(String verb, String arms) {
        String cases = "{ case First(Value(var v)) -> {} default -> {} }";
        assertThat(errors("switch (gofer.Go." + verb + "(" + arms + ")) " + cases))
                .singleElement()
                .asString()
                .contains("gofer.chan.Select cannot be converted to gofer.chan.First")
                .hasLineCount(1);
    }

    private List<String> errors(String statement) {
        String source =
                """
                import gofer.chan.*;
                class Program {
                    static void run(Chan<Integer> both, RecvChan<Integer> in, SendChan<Integer> out) {
                        %s;
                    }
                }
                """
                        .formatted(statement);
        var file =
                new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var found = new DiagnosticCollector<JavaFileObject>();
        List<String> options =
                List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString(), "-proc:none");
        ToolProvider.getSystemJavaCompiler().getTask(null, null, found, options, null, List.of(file)).call();
        return found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(d -> d.getMessage(Locale.ROOT))
                .toList();
    }
}
