package gofer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/// Every rule of Go is pinned by a test or has a reason why not. Writes the table `target/conformance.md`.
class TableTest {

    private final Path classes = classes();
    private final Map<String, List<String>> pins = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();

    TableTest() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .forEach(this::collectPins);
        }
        Map<String, String> exempt = Row.read("/not-applicable.tsv");
        Map<String, String> toCome = Row.read("/to-come.tsv");
        Row.read("/rows.tsv")
                .forEach((id, rule) ->
                        rows.add(new Row(id, rule, pins.getOrDefault(id, List.of()), exempt.get(id), toCome.get(id))));
        assertThat(rows).extracting(Row::id).containsAll(pins.keySet());
        assertThat(rows).extracting(Row::id).containsAll(exempt.keySet());
        assertThat(rows).extracting(Row::id).containsAll(toCome.keySet());
    }

    @Test
    void everyRowIsPinnedOrHasAReason() {
        assertThat(rows)
                .filteredOn(row -> !row.isPinned() && row.exempt() == null && row.toCome() == null)
                .extracting(row -> row.id() + " " + row.rule())
                .isEmpty();
    }

    @Test
    void exemptRowsAreNeitherPinnedNorToCome() {
        assertThat(rows)
                .filteredOn(row -> row.exempt() != null && (row.isPinned() || row.toCome() != null))
                .extracting(Row::markdown)
                .isEmpty();
    }

    @Test
    void onlyTwoRowsAreToCome() {
        assertThat(rows).filteredOn(row -> row.toCome() != null).extracting(Row::id).containsOnly("TR-06", "PF-06");
    }

    @Test
    void writesTheTable() throws IOException {
        long pinned = rows.stream().filter(Row::isPinned).count();
        long exempt = rows.stream().filter(row -> row.exempt() != null).count();
        long toCome = rows.stream().filter(row -> row.toCome() != null && !row.isPinned()).count();
        List<String> lines = new ArrayList<>();
        lines.add("# Conformance: Go's rules, and the tests that pin them");
        lines.add("");
        lines.add("pinned " + pinned + ", not applicable " + exempt + ", to come " + toCome + ", of " + rows.size());
        lines.add("");
        lines.add("| row | rule | where |");
        lines.add("|---|---|---|");
        rows.forEach(row -> lines.add(row.markdown()));
        Files.write(classes.resolveSibling("conformance.md"), lines);
    }

    private void collectPins(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.').replace('\\', '.');
        try {
            Class<?> type = Class.forName(name, false, getClass().getClassLoader());
            if (type.isAnnotationPresent(Pins.class)) {
                assertThat(type.getDeclaredMethods()).as(name).anyMatch(TableTest::isRun);
                collectPins(type, type.getSimpleName());
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Pins.class)) {
                    assertThat(isRun(method)).as("%s is an enabled test", method).isTrue();
                    collectPins(method, type.getSimpleName() + "." + method.getName());
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void collectPins(AnnotatedElement element, String name) {
        for (String id : element.getAnnotation(Pins.class).value()) {
            pins.computeIfAbsent(id, _ -> new ArrayList<>()).add(name);
        }
    }

    private static boolean isRun(Method method) {
        return AnnotationSupport.isAnnotated(method, Testable.class)
                && !method.isAnnotationPresent(Disabled.class)
                && !method.getDeclaringClass().isAnnotationPresent(Disabled.class);
    }

    private static Path classes() {
        try {
            return Path.of(TableTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
