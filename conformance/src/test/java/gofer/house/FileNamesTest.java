package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// On macOS and Windows, two names that differ only by case name the same file.
final class FileNamesTest {
    @Test
    void noNamesDifferOnlyByCase() throws IOException {
        List<String> names =
                RepositoryFiles.below(Library.ROOT, "").stream()
                        .map(file -> RepositoryFiles.name(Library.ROOT, file))
                        .toList();
        assertThat(names).contains("pom.xml", ".ci/run", "docs/testing.md").doesNotContain(".git/HEAD");
        assertThat(twins(names)).isEmpty();
    }

    @Test
    void namesThatDifferOnlyByCaseAreFound() {
        assertThat(twins(List.of("a/WakeUp.java", "a/Other.java", "b/WakeUp.java", "A/Wakeup.java")))
                .containsExactly(List.of("a/WakeUp.java", "A/Wakeup.java"));
    }

    private static List<List<String>> twins(Collection<String> names) {
        return names.stream().collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT))).values().stream()
                .filter(alike -> alike.size() > 1)
                .toList();
    }
}
