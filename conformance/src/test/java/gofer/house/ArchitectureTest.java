package gofer.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// docs/architecture.svg shows the current packages, and docs/architecture.md names each.
final class ArchitectureTest {
    private static final Path DRAWING = Library.ROOT.resolve("docs/architecture.svg");
    private static final Path PAGE = Library.ROOT.resolve("docs/architecture.md");

    /// The folder of a module, its colour, and the prefix of its package names. The longest prefix counts.
    private enum Part {
        CORE("core", "module gofer", "#d7ecff", "gofer"),
        TESTING("testing", "module gofer.testing", "#ffeccc", "gofer.testing"),
        VET("vet", "module gofer.vet", "#fbd9d3", "gofer.vet"),
        ERROR_PRONE("vet-errorprone", "no module: for Error Prone", "#f7eeb4", "gofer.vet.errorprone"),
        CLI("cli", "module gofer.cli", "#e3f4d7", "gofer.cli"),
        ATTACH("cli", "", "#e3f4d7", "gofer.attach"),
        MICROMETER("micrometer", "module gofer.micrometer", "#f3dcf3", "gofer.micrometer"),
        PROPAGATION("context-propagation", "module gofer.context.propagation", "#d5f0ee", "gofer.context.propagation"),
        SPRING("spring-boot", "no module: for Spring Boot", "#fbe0dc", "gofer.spring");

        final String folder;
        final String meaning;
        final String colour;
        final String prefix;

        Part(String folder, String meaning, String colour, String prefix) {
            this.folder = folder;
            this.meaning = meaning;
            this.colour = colour;
            this.prefix = prefix;
        }

        static Part of(String name) {
            Part found = CORE;
            for (Part part : values()) {
                boolean inside = name.equals(part.prefix) || name.startsWith(part.prefix + ".");
                if (inside && part.prefix.length() > found.prefix.length()) found = part;
            }
            return found;
        }
    }

    @Test
    void drawingMatchesTheCode() throws IOException {
        var legend = new LinkedHashMap<String, String>();
        for (Part part : Part.values()) legend.putIfAbsent(part.colour, part.meaning);
        Set<String> exported = exported();
        String now =
                Drawing.of(
                        graph(),
                        name -> exported.contains(name) ? name : "(" + name + ")",
                        name -> Part.of(name).colour,
                        legend);
        if (System.getProperty("architecture", "").equals("write")) Files.writeString(DRAWING, now);
        assertThat(Files.exists(DRAWING) ? Files.readString(DRAWING) : "")
                .as(
                        """
                        docs/architecture.svg does not match the code. To draw it again (then look at it):
                        mvn -q -pl conformance -am test -Dtest=ArchitectureTest -Dsurefire.failIfNoSpecifiedTests=false \
                        -Darchitecture=write
                        """)
                .isEqualTo(now);
    }

    @Test
    void pageNamesEachPackage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(graph().edges().keySet().stream().flatMap(node -> graph().node(node).stream()))
                .hasSizeGreaterThan(15)
                .allMatch(name -> page.contains("| `" + name + "` |"));
    }

    @Test
    void impliedEdgesAreLeftOutAndACycleIsOneNode() {
        var direct = new TreeMap<String, Set<String>>();
        direct.put("a", Set.of("b", "c", "d"));
        direct.put("b", Set.of("c"));
        direct.put("c", Set.of("d"));
        direct.put("d", Set.of("c"));
        direct.put("e", Set.of());
        var graph = new PackageGraph(direct);
        assertThat(graph.edges()).isEqualTo(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of(), "e", Set.of()));
        assertThat(graph.node("d")).containsExactly("c", "d");
        assertThat(graph.height("a")).isEqualTo(2);
    }

    private static PackageGraph graph() {
        var files = new ArrayList<byte[]>();
        for (String folder : folders()) files.addAll(Library.classFiles(folder));
        return PackageGraph.of(files);
    }

    private static Set<String> exported() {
        var names = new TreeSet<String>();
        for (String folder : folders()) names.addAll(Library.exportedPackages(folder));
        return names;
    }

    private static List<String> folders() {
        return List.of(Part.values()).stream().map(part -> part.folder).distinct().toList();
    }
}
