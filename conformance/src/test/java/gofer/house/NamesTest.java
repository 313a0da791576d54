package gofer.house;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A compact source file imports `module java.base` implicitly. If it also imports `module gofer`, a simple name that both
/// export is ambiguous.
final class NamesTest {
    @Test
    void exportedNamesDoNotClashWithJavaBase() throws Exception {
        assertThat(clashes(Library.exportedTypes())).isEmpty();
    }

    @Test
    void clashIsFound() throws Exception {
        assertThat(clashes(List.of(Timer.class, Ticker.class))).containsExactly("Timer");
    }

    static final class Timer {}

    static final class Ticker {}

    private static List<String> clashes(Collection<Class<?>> types) throws IOException {
        Set<String> theirs = namesOfJavaBase();
        return types.stream().map(Class::getSimpleName).filter(theirs::contains).toList();
    }

    private static Set<String> namesOfJavaBase() throws IOException {
        var base = ModuleFinder.ofSystem().find("java.base").orElseThrow();
        Set<String> packages =
                base.descriptor().exports().stream()
                        .filter(e -> !e.isQualified())
                        .map(Exports::source)
                        .collect(toSet());
        try (var reader = base.open();
                var names = reader.list()) {
            return names.filter(n -> n.endsWith(".class") && !n.contains("$"))
                    .map(n -> n.replaceFirst("\\.class$", "").replace('/', '.'))
                    .filter(n -> n.contains(".") && packages.contains(n.substring(0, n.lastIndexOf('.'))))
                    .filter(NamesTest::isPublic)
                    .map(n -> n.substring(n.lastIndexOf('.') + 1))
                    .collect(toSet());
        }
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(Class.forName(name, false, null).getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
