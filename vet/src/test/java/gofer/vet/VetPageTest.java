package gofer.vet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// docs/vet.md shows for each check what it reports, and what is right.
final class VetPageTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern MEMBERS = Pattern.compile("^(@Test|void |final )", Pattern.MULTILINE);

    /// What the snippets leave out.
    private static final String PRELUDE =
            """
            import static gofer.Go.*;
            import static org.junit.jupiter.api.Assertions.assertEquals;
            import module gofer;
            import org.junit.jupiter.api.Test;

            final Context parent = Context.background();
            final Chan<Integer> numbers = Chan.make();
            final Chan<List<Integer>> batches = Chan.make();
            final Mutex mu = new Mutex();
            final Cond changed = new Cond(mu);
            boolean ready;
            int count;

            void main() {}

            void work() {
                IO.println(100 / count);
            }

            void work(Context ctx) {}

            int ask() {
                return 42;
            }

            """;

    private static String page;

    @TempDir Path folder;

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../docs/vet.md"));
    }

    static List<Check> checks() {
        return Vet.checks();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void firstSnippetIsReportedAndSecondIsClean(Check check) throws IOException {
        Matcher section = Pattern.compile("(?s)\n### " + check + "\n(.*?)\n##").matcher(page);
        assertThat(section.find()).as("a section of its own").isTrue();
        List<String> blocks = BLOCK.matcher(section.group(1)).results().map(m -> m.group(1)).toList();
        assertThat(blocks).hasSize(2);
        assertThat(findings(check, blocks.getFirst())).isNotEmpty().allMatch(f -> f.check().equals(check.name()));
        assertThat(findings(check, blocks.getLast())).isEmpty();
    }

    private List<Finding> findings(Check check, String snippet) throws IOException {
        boolean hasMembers = MEMBERS.matcher(snippet).find();
        String code = hasMembers ? snippet : "void snippet() throws Exception {\n" + snippet + "}\n";
        Path file = Files.writeString(folder.resolve("Snippet.java"), PRELUDE + code);
        return Vetting.of(Vet.standard().with(List.of(check.name())), file);
    }

    @Test
    void tableListsAllChecksWithTheirSeverity() {
        var rows = new ArrayList<String>();
        for (Check check : Vet.checks()) {
            String severity = check.isEnabled() ? check.severity().name().toLowerCase(Locale.ROOT) : "only with";
            rows.add("| [%s](#%s) | %s".formatted(check, check.name().toLowerCase(Locale.ROOT), severity));
        }
        List<String> table = page.lines().filter(line -> line.startsWith("| [")).toList();
        assertThat(table).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) assertThat(table.get(i)).startsWith(rows.get(i));
    }
}
