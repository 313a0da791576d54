package gofer.race.edges.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each public class of `java.util.concurrent` has a trial, or a reason why not.
final class CoverageTest {

    private static final Pattern WORDS = Pattern.compile("[^\\w$]+");

    private static final Map<String, String> REASONS =
            Map.of(
                    "AbstractExecutorService", "the executors of the JDK extend it",
                    "AbstractOwnableSynchronizer", "has the owner of a lock, which orders nothing",
                    "Executors", "makes the executors of the trials",
                    "Flow", "has only interfaces",
                    "ForkJoinWorkerThread", "the thread of a ForkJoinPool",
                    "LockSupport", "orders nothing: see UnorderedTrials",
                    "SubmissionPublisher", "not all of its edges are seen: see docs/races.md",
                    "ThreadLocalRandom", "has a state for each thread");

    private static Set<String> classes() throws IOException {
        Path java = Path.of(URI.create("jrt:/java.base/java/util/concurrent"));
        List<Path> files = new ArrayList<>();
        for (Path folder : List.of(java, java.resolve("atomic"), java.resolve("locks"))) {
            try (var found = Files.newDirectoryStream(folder, "*.class")) {
                found.forEach(files::add);
            }
        }
        return files.stream()
                .map(CoverageTest::load)
                .filter(CoverageTest::mayOrder)
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> load(Path file) {
        String name =
                file.toString()
                        .replaceFirst("^/modules/java\\.base/", "")
                        .replaceFirst("\\.class$", "")
                        .replace('/', '.');
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /// Returns false for interfaces, whose classes have the edges, for exceptions and for enums. Those that are in preview are
    /// interfaces, too.
    private static boolean mayOrder(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && !type.isMemberClass()
                && !type.isInterface()
                && !type.isEnum()
                && !Throwable.class.isAssignableFrom(type);
    }

    @Test
    void eachClassHasATrialOrAReason() throws IOException {
        var trials = new Trials();
        Child.addOrdered(trials);
        Set<String> tried =
                trials.programs().keySet().stream().flatMap(WORDS::splitAsStream).collect(Collectors.toSet());
        Set<String> classes = classes();

        assertThat(classes).hasSizeGreaterThan(50);
        assertThat(classes).filteredOn(name -> !REASONS.containsKey(name)).isSubsetOf(tried);
        assertThat(REASONS.keySet()).isSubsetOf(classes).doesNotContainAnyElementsOf(tried);
        assertThat(trials.programs()).hasSizeGreaterThan(140);
    }
}
