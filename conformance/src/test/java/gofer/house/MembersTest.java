package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Documents about the code name only fields and methods that exist, and strings in the code name only classes that exist.
final class MembersTest {
    private static final List<String> DOCUMENTS = List.of("docs/architecture.md", "docs/synchronization.md");

    /// Types of the JDK that the documents refer to.
    private static final Set<String> JDK = Set.of("VirtualThread");

    /// A member, such as `ChanCore.put`, in a code span.
    private static final Pattern MEMBER = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");

    @Test
    void membersInDocumentsExist() throws IOException {
        Map<String, String> sources = sources(Library.ROOT.resolve("core/src/main/java"));
        for (String document : DOCUMENTS) {
            String text = Files.readString(Library.ROOT.resolve(document));
            assertThat(MEMBER.matcher(text).results()).as(document).isNotEmpty();
            assertThat(missing(text, sources)).as(document).isEmpty();
        }
    }

    @Test
    void missingMemberIsFound() {
        var sources = Map.of("Known", "class Known { int field; }");
        assertThat(missing("`Known.field`, `Known.gone`, `Gone.field`", sources))
                .containsExactly("Known.gone", "Gone.field");
    }

    /// A renamed class would otherwise be missed: in lists of internal frames, or for access by reflection.
    @Test
    void classesInStringsExist() throws IOException {
        Pattern literal = Pattern.compile("\"(gofer(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*)[\"$]");
        Set<String> classes = new HashSet<>();
        Set<String> named = new TreeSet<>();
        for (Path file : RepositoryFiles.below(Library.ROOT, ".java", ".kt")) {
            String name = RepositoryFiles.name(Library.ROOT, file);
            if (name.contains("src/main/")) {
                String path = name.replaceAll(".*src/main/\\w+/|\\.java$", "").replaceAll("\\.kt$", "Kt");
                classes.add(path.replace('/', '.'));
                literal.matcher(RepositoryFiles.read(file)).results().forEach(match -> named.add(match.group(1)));
            }
        }
        assertThat(named).contains("gofer.testing.Loop", "gofer.cli.MemoryLoader");
        assertThat(classes).containsAll(named);
    }

    private static List<String> missing(String text, Map<String, String> sources) {
        return MEMBER.matcher(text)
                .results()
                .filter(member -> !JDK.contains(member.group(1)))
                .filter(member -> !has(sources.get(member.group(1)), member.group(2)))
                .map(member -> member.group(1) + "." + member.group(2))
                .toList();
    }

    private static boolean has(@Nullable String source, String member) {
        return source != null && Pattern.compile("\\b" + member + "\\b").matcher(source).find();
    }

    /// Returns the source of each type by its simple name. Types may be nested.
    private static Map<String, String> sources(Path root) throws IOException {
        Pattern type = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");
        Map<String, String> sources = new HashMap<>();
        for (Path file : RepositoryFiles.below(root, ".java")) {
            String source = RepositoryFiles.read(file);
            type.matcher(source).results().forEach(t -> sources.merge(t.group(1), source, String::concat));
        }
        return sources;
    }
}
