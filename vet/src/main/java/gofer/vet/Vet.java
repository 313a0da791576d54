package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/// A choice of checks, to run on classes that javac has analyzed.
public final class Vet {
    private static final List<Check> CHECKS =
            List.of(
                    new AddInGoroutine(),
                    new DoneNotInFinally(),
                    new LostCancel(),
                    new UnusedResult(),
                    new LockLeak(),
                    new LockTwice(),
                    new LockGuardsNothing(),
                    new AwaitNotInLoop(),
                    new ClosedTwice(),
                    new NeverClosed(),
                    new AbandonedSender(),
                    new UseAfterSend(),
                    new SharedCapture(),
                    new SpinningDefault(),
                    new UnbufferedSignal(),
                    new AssertInGoroutine(),
                    new CtxDropped(),
                    new BlocksUnderLock());

    private final List<Check> chosen;

    private Vet(List<Check> chosen) {
        this.chosen = chosen;
    }

    /// Returns all checks, in the order of the documentation.
    public static List<Check> checks() {
        return CHECKS;
    }

    /// Returns the checks that run without an option.
    public static Vet standard() {
        return where(Check::isEnabled);
    }

    /// Returns no checks.
    public static Vet none() {
        return new Vet(List.of());
    }

    /// Returns the names in a list that is separated by commas. Throws [IllegalArgumentException] if a name is empty.
    public static List<String> names(String list) {
        List<String> names = List.of(list.strip().split("\\s*,\\s*", -1));
        if (names.contains(""))
            throw new IllegalArgumentException(
                    "'" + list + "' is not a list of checks; separate the names with a comma, without a space");
        return names;
    }

    /// Returns only the checks with these names. Throws [IllegalArgumentException] if there is no such check.
    public static Vet only(Collection<String> names) {
        names.forEach(Vet::named);
        return where(check -> names.contains(check.name()));
    }

    /// Adds the checks with these names. Throws [IllegalArgumentException] if there is no such check.
    public Vet with(Collection<String> names) {
        names.forEach(Vet::named);
        return where(check -> chosen.contains(check) || names.contains(check.name()));
    }

    private static Vet where(Predicate<Check> matches) {
        return new Vet(CHECKS.stream().filter(matches).toList());
    }

    private static Check named(String name) {
        return CHECKS.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no check '" + name + "'"));
    }

    /// Returns the findings in a file whose classes `task` has analyzed, sorted by place.
    public List<Finding> check(JavacTask task, CompilationUnitTree unit) {
        if (chosen.isEmpty()) return List.of();
        var found = new ArrayList<Finding>();
        Trees trees = Trees.instance(task);
        for (Tree type : unit.getTypeDecls()) {
            TreePath path = new TreePath(new TreePath(unit), type);
            if (type instanceof ClassTree) check(trees, path, (finding, _) -> found.add(finding));
        }
        if (found.size() > 1) found.sort(Comparator.comparingLong(Finding::line).thenComparingLong(Finding::column));
        return found;
    }

    /// Passes the findings in one top-level class that the compiler has analyzed, each with its place in the tree.
    public void check(Trees trees, TreePath type, BiConsumer<Finding, TreePath> findings) {
        var source = new Source(trees, type);
        if (source.calls().isEmpty()) return;
        for (Check check : chosen) check.run(source, new Reporter(source, check, findings));
    }
}
