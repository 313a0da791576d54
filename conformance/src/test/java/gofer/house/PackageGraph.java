package gofer.house;

import static java.util.stream.Collectors.toCollection;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The dependencies between packages. Packages that depend on each other are one node.
final class PackageGraph {
    private final Map<String, Set<String>> uses; // all reachable packages, by package
    private final Map<String, Set<String>> edges = new TreeMap<>(); // between nodes, each named by its first package

    /// @param direct the packages that each package uses
    PackageGraph(Map<String, Set<String>> direct) {
        uses = closure(direct);
        for (String from : uses.keySet()) {
            edges.computeIfAbsent(node(from).getFirst(), _ -> new TreeSet<>());
        }
        for (String from : edges.keySet()) {
            Set<String> below = nodesBelow(from);
            for (String to : below) {
                // leaves out an edge that other edges imply
                if (below.stream().noneMatch(between -> nodesBelow(between).contains(to))) used(edges, from).add(to);
            }
        }
    }

    /// Returns the graph of the packages of `classFiles`, from the names in their constant pools.
    static PackageGraph of(Collection<byte[]> classFiles) {
        var direct = new TreeMap<String, Set<String>>();
        for (byte[] bytes : classFiles) {
            ClassModel type = ClassFile.of().parse(bytes);
            Set<String> used = direct.computeIfAbsent(type.thisClass().asSymbol().packageName(), _ -> new TreeSet<>());
            Floors.typesUsed(type).forEach(name -> used.add(name.substring(0, name.lastIndexOf('.'))));
        }
        return new PackageGraph(direct);
    }

    /// Returns the edges between nodes, each named by its first package, without implied edges.
    Map<String, Set<String>> edges() {
        return edges;
    }

    /// Returns the packages that are one node with `name`, including `name`.
    List<String> node(String name) {
        return uses.keySet().stream()
                .filter(other -> other.equals(name) || reaches(name, other) && reaches(other, name))
                .toList();
    }

    /// Returns the number of edges on the longest path down from `node`.
    int height(String node) {
        return used(edges, node).stream().mapToInt(this::height).max().orElse(-1) + 1;
    }

    private boolean reaches(String from, String to) {
        return used(uses, from).contains(to);
    }

    private Set<String> nodesBelow(String node) {
        return used(uses, node).stream()
                .filter(used -> !reaches(used, node))
                .map(used -> node(used).getFirst())
                .filter(used -> !used.equals(node))
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> used(Map<String, Set<String>> by, String name) {
        return Objects.requireNonNull(by.get(name), name);
    }

    private static Map<String, Set<String>> closure(Map<String, Set<String>> direct) {
        var all = new TreeMap<String, Set<String>>();
        direct.forEach((from, used) -> all.put(from, new TreeSet<>(used)));
        for (String between : direct.keySet()) {
            for (Set<String> used : all.values()) {
                if (used.contains(between)) used.addAll(used(all, between));
            }
        }
        return all;
    }
}
