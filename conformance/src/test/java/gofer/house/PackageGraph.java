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

/// Which packages use which. Packages that use each other are one node.
final class PackageGraph {
    private final Map<String, Set<String>> uses; // all that can be reached, by package
    private final Map<String, Set<String>> edges = new TreeMap<>(); // from node to node, by the first package of each

    /// @param direct for each package, those that it uses
    PackageGraph(Map<String, Set<String>> direct) {
        uses = closure(direct);
        for (String from : uses.keySet()) {
            edges.computeIfAbsent(node(from).getFirst(), _ -> new TreeSet<>());
        }
        for (String from : edges.keySet()) {
            Set<String> below = nodesBelow(from);
            for (String to : below) {
                // an edge that two others imply is left out
                if (below.stream().noneMatch(between -> nodesBelow(between).contains(to))) used(edges, from).add(to);
            }
        }
    }

    /// Of the packages of `classFiles`, as their constant pools name them.
    static PackageGraph of(Collection<byte[]> classFiles) {
        var direct = new TreeMap<String, Set<String>>();
        for (byte[] bytes : classFiles) {
            ClassModel type = ClassFile.of().parse(bytes);
            Set<String> used = direct.computeIfAbsent(type.thisClass().asSymbol().packageName(), _ -> new TreeSet<>());
            Floors.typesUsed(type).forEach(name -> used.add(name.substring(0, name.lastIndexOf('.'))));
        }
        return new PackageGraph(direct);
    }

    /// The first package of each node, and the same of the nodes that it uses, but for what other edges imply.
    Map<String, Set<String>> edges() {
        return edges;
    }

    /// The packages that are one node with `name`, itself included.
    List<String> node(String name) {
        return uses.keySet().stream()
                .filter(other -> other.equals(name) || reaches(name, other) && reaches(other, name))
                .toList();
    }

    /// How many edges the longest way down from `node` has.
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
