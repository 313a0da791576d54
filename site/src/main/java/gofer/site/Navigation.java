package gofer.site;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/// The list of all pages, in groups. A page that is not named here comes last in its folder's group.
final class Navigation {
    private static final String GUIDES = "Guides";
    private static final String PROJECT = "Project";
    private static final String DECISIONS = "Decisions";
    private static final String EXAMPLES = "Examples";

    /// The groups in their order, and the first pages of each.
    private static final Map<String, List<String>> ORDER = new LinkedHashMap<>();

    static {
        ORDER.put("Start", List.of("README.md", "docs/getting-started.md", "docs/go-to-java.md", "docs/projects.md"));
        ORDER.put(GUIDES, List.of("docs/testing.md", "docs/vet.md", "docs/diagnostics.md", "docs/limits.md"));
        ORDER.put(
                "Inside",
                List.of(
                        "docs/architecture.md",
                        "docs/memory-model.md",
                        "docs/synchronization.md",
                        "docs/jdk-internals.md",
                        "docs/benchmarks.md"));
        ORDER.put(PROJECT, List.of("CHANGELOG.md", "CONTRIBUTING.md", "STYLE.md", "SECURITY.md"));
        ORDER.put(EXAMPLES, List.of("examples/README.md"));
        ORDER.put(DECISIONS, List.of("docs/decisions/README.md"));
    }

    /// Groups so long that they are folded up, except on their own pages.
    private static final List<String> FOLDED = List.of(EXAMPLES, DECISIONS);

    private final Map<String, List<Page>> groups = new LinkedHashMap<>();

    Navigation(List<Page> pages) {
        ORDER.keySet().forEach(group -> groups.put(group, new ArrayList<>()));
        pages.stream().sorted(Comparator.comparing(Navigation::rank)).forEach(page -> in(group(page)).add(page));
        groups.values().removeIf(List::isEmpty);
    }

    private List<Page> in(String group) {
        return groups.computeIfAbsent(group, _ -> new ArrayList<>());
    }

    private static String group(Page page) {
        String path = page.source().path();
        for (var group : ORDER.entrySet()) {
            if (group.getValue().contains(path)) return group.getKey();
        }
        if (path.startsWith("docs/decisions/")) return DECISIONS;
        if (path.startsWith("examples/")) return EXAMPLES;
        return path.startsWith("docs/") ? GUIDES : PROJECT;
    }

    /// Named pages in their order, before all others by path.
    private static String rank(Page page) {
        String path = page.source().path();
        int place = ORDER.getOrDefault(group(page), List.of()).indexOf(path);
        return place < 0 ? "~" + path : "%03d".formatted(place);
    }

    /// As it looks on one of the pages.
    Element on(Page page) {
        var list = new Element("div");
        groups.forEach((group, pages) -> {
            Element details = list.appendElement("details");
            if (!FOLDED.contains(group) || pages.contains(page)) details.attr("open", true);
            details.appendElement("summary").text(group);
            Element items = details.appendElement("ul");
            for (Page other : pages) {
                Element link = items.appendElement("li").appendElement("a").text(other.title());
                link.attr("href", Links.relative(page.path(), other.path()));
                if (other.equals(page)) link.attr("aria-current", "page");
            }
        });
        return list;
    }
}
