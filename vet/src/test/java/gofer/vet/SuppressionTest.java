package gofer.vet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `@SuppressWarnings` with the name of a check, and the places of findings.
final class SuppressionTest {
    @TempDir Path folder;

    /// Returns the findings in a class whose second method is `method`.
    private List<Finding> check(String method) throws IOException {
        String source =
                """
                import gofer.context.Context;
                class Shop {
                    static final String NAME = "LostCancel";
                    interface Body { void run(); }
                    <T> T call(T body) { return body; }
                """
                        + method
                        + "\n}\n";
        Path file = Files.writeString(folder.resolve("Shop.java"), source);
        return Vetting.of(Vet.standard(), file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@SuppressWarnings(\"LostCancel\")",
                "@java.lang.SuppressWarnings(value = \"LostCancel\")",
                "@SuppressWarnings((\"LostCancel\"))",
                "@SuppressWarnings({\"unused\", \"LostCancel\"})",
                "@SuppressWarnings(NAME)",
                "@SuppressWarnings(Shop.NAME)",
                "@SuppressWarnings(\"Lost\" + \"Cancel\")"
            })
    void checksAreSuppressedByName(String annotation) throws IOException {
        String derive = " var ctx = parent.withCancel(); System.out.println(ctx.isDone()); ";
        assertThat(check(annotation + "void work(Context parent) {" + derive + "}")).isEmpty();
        assertThat(check("void work(Context parent) {" + annotation + derive + "}")).isEmpty();
        assertThat(check("Body work(Context parent) { return call(() -> {" + annotation + derive + "}); }")).isEmpty();
        assertThat(check(annotation + " Body body = () -> { var parent = Context.background();" + derive + "};"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@SuppressWarnings(\"lostcancel\")", "@SuppressWarnings({})", "@Deprecated"})
    void otherAnnotationsDoNotSuppress(String annotation) throws IOException {
        String method =
                " void work(Context parent) { var ctx = parent.withCancel(); System.out.println(ctx.isDone()); }";
        assertThat(check(annotation + method)).hasSize(1);
    }

    @Test
    void aTabIsOneColumn() throws IOException {
        var findings = check("\tvoid work(Context p) { var ctx = p.withCancel(); System.out.println(ctx.isDone()); }");
        assertThat(findings).extracting(Finding::line, Finding::column).containsExactly(tuple(6L, 35L));
    }
}
