package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The documents name a version for each Maven plugin: the one that the repository itself uses. Without it, Maven takes an old
/// one, which may not run the tests.
final class PluginVersionsTest {
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>(maven-\\w+-plugin)</artifactId>(?:\\s*<version>([^<]+)</version>)?");

    private static List<Path> documents() throws IOException {
        return RepositoryFiles.below(Library.ROOT, ".md");
    }

    @Test
    void pluginsInDocumentsHaveTheVersionOfTheBuild() throws IOException {
        String build =
                RepositoryFiles.read(Library.ROOT.resolve("pom.xml"))
                        + RepositoryFiles.read(Library.ROOT.resolve("gofer"));
        int plugins = 0;
        for (Path document : documents()) {
            for (var found : PLUGIN.matcher(RepositoryFiles.read(document)).results().toList()) {
                String plugin = found.group(1);
                String version = found.group(2);
                assertThat(version).as("the version of %s in %s", plugin, document).isNotNull();
                assertThat(build)
                        .as("%s in %s", plugin, document)
                        .containsPattern(plugin + "(</artifactId>\\s*<version>|:)" + Pattern.quote(version) + "[<:]");
                plugins++;
            }
        }
        assertThat(plugins).isPositive();
    }
}
