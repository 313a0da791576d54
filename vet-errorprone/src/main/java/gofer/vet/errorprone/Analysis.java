package gofer.vet.errorprone;

import com.google.errorprone.ErrorProneOptions;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import com.sun.tools.javac.api.JavacTrees;
import gofer.vet.Check;
import gofer.vet.Finding;
import gofer.vet.Vet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The findings of all checks in one top-level class.
///
/// Error Prone passes a class to each of its checks before it goes on. So the first of them analyzes the class, and the others
/// take their findings from here.
///
/// Error Prone enables all checks on the processor path. The checks that `gofer.vet` runs only on request run here only if an
/// option names them, such as `-Xep:CtxDropped:WARN`, or with `-XepAllDisabledChecksAsWarnings`.
final class Analysis {
    private record Found(Finding finding, TreePath place) {}

    private final Trees trees;
    private final Vet vet;
    private final List<Found> found = new ArrayList<>();
    private @Nullable Tree analyzed; // the class that `found` is about

    private Analysis(Trees trees, Vet vet) {
        this.trees = trees;
        this.vet = vet;
    }

    /// Returns the analysis of this run of the compiler.
    static Analysis of(VisitorState state) {
        Analysis known = state.context.get(Analysis.class);
        if (known != null) return known;
        ErrorProneOptions options = state.errorProneOptions();
        List<String> requested =
                Vet.checks().stream()
                        .map(Check::name)
                        .filter(name ->
                                options.isEnableAllChecksAsWarnings() || options.getSeverityMap().containsKey(name))
                        .toList();
        var made = new Analysis(JavacTrees.instance(state.context), Vet.standard().with(requested));
        state.context.put(Analysis.class, made);
        return made;
    }

    /// Passes the findings of `check` in a top-level class, each with its place in the tree.
    void check(TreePath type, String check, BiConsumer<Finding, TreePath> findings) {
        if (analyzed != type.getLeaf()) {
            found.clear();
            vet.check(trees, type, (finding, place) -> found.add(new Found(finding, place)));
            analyzed = type.getLeaf();
        }
        for (Found one : found) if (one.finding.check().equals(check)) findings.accept(one.finding, one.place);
    }
}
