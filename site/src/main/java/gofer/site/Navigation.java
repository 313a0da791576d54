package gofer.site;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.List;
import org.jsoup.nodes.Element;

/// The list of all pages, in groups. Pages that this class does not name come last in their group, sorted by path.
final class Navigation {
    private static final Group GUIDES =
            new Group(
                    "Guides",
                    "docs/testing.md",
                    "docs/races.md",
                    "docs/vet.md",
                    "docs/diagnostics.md",
                    "docs/signals.md",
                    "docs/groups.md",
                    "docs/pipelines.md",
                    "docs/interop.md",
                    "docs/context-propagation.md",
                    "docs/spring.md",
                    "docs/limits.md");
    private static final Group PROJECT =
            new Group("Project", "CHANGELOG.md", "CONTRIBUTING.md", "STYLE.md", "SECURITY.md");
    private static final Group EXAMPLES = new Group("Examples", "examples/README.md");
    private static final Group DECISIONS = new Group("Decisions", "docs/decisions/README.md");

    private static final List<Group> GROUPS =
            List.of(
                    new Group(
                            "Start", "README.md", "docs/getting-started.md", "docs/go-to-java.md", "docs/projects.md"),
                    GUIDES,
                    new Group(
                            "Inside",
                            "docs/architecture.md",
                            "docs/memory-model.md",
                            "docs/synchronization.md",
                            "docs/jdk-internals.md",
                            "docs/benchmarks.md"),
                    PROJECT,
                    EXAMPLES,
                    DECISIONS);

    /// These groups are long. They are folded, except on their own pages.
    private static final List<Group> FOLDED = List.of(EXAMPLES, DECISIONS);

    /// @param first the paths of its first documents
    private record Group(String name, List<String> first) {
        Group(String name, String... first) {
            this(name, List.of(first));
        }

        /// Returns the position of the page: named pages come before all others.
        int rank(Page page) {
            int index = first.indexOf(page.source().path());
            return index < 0 ? first.size() : index;
        }
    }

    private final List<Page> pages;

    Navigation(List<Page> pages) {
        this.pages = pages.stream().sorted(comparing(page -> page.source().path())).toList();
    }

    private static Group group(Page page) {
        String path = page.source().path();
        for (Group group : GROUPS) {
            if (group.first.contains(path)) return group;
        }
        if (path.startsWith("docs/decisions/")) return DECISIONS;
        if (path.startsWith("examples/")) return EXAMPLES;
        return path.startsWith("docs/") ? GUIDES : PROJECT;
    }

    /// Returns the list for `page`: its links are relative to that page, and its own entry is marked.
    Element on(Page page) {
        var list = new Element("div");
        for (Group group : GROUPS) {
            List<Page> members =
                    pages.stream().filter(other -> group(other) == group).sorted(comparingInt(group::rank)).toList();
            if (members.isEmpty()) continue;
            Element details = list.appendElement("details");
            if (!FOLDED.contains(group) || group(page) == group) details.attr("open", true);
            details.appendElement("summary").text(group.name);
            Element items = details.appendElement("ul");
            for (Page other : members) {
                Element link = items.appendElement("li").appendElement("a").text(other.title());
                link.attr("href", Links.relative(page.path(), other.path()));
                if (other.equals(page)) link.attr("aria-current", "page");
            }
        }
        return list;
    }
}
