package gofer.vet;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;

/// An assertion of a test in a goroutine: its failure does not reach the test, which passes.
///
/// **Go:** vet's `testinggoroutine`, staticcheck's SA2002.
final class AssertInGoroutine extends Check {
    AssertInGoroutine() {
        super(Severity.ERROR, "an assertion fails in a goroutine, where the test does not see it");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls()) {
            if (call.api() != Api.ASSERTION || !call.name().matches("(assert|fail|assume|abort).*")) continue;
            Tree lambda = call.body();
            Call start = source.start(lambda);
            if (start == null || start.api() == Api.GROUP || !Source.isInTest(call.path())) continue;
            if (isCaught(call.path()) || isWatched(source, start.path())) continue;
            reporter.report(
                    call.path(),
                    "the failure of this assertion ends the goroutine only, and the test passes",
                    "Send the value to the test and check it there, or use an `ErrGroup`, whose `await` throws.");
        }
    }

    private static boolean isCaught(TreePath path) {
        for (TreePath p = path; p.getParentPath() != null && !Syntax.isBody(p.getLeaf()); p = p.getParentPath()) {
            if (p.getParentPath().getLeaf() instanceof TryTree tree
                    && tree.getBlock() == p.getLeaf()
                    && tree.getCatches().stream().anyMatch(AssertInGoroutine::catchesErrors)) return true;
        }
        return false;
    }

    private static boolean catchesErrors(CatchTree branch) {
        return branch.getParameter().getType().toString().matches(".*(Throwable|Error).*");
    }

    /// Returns whether the goroutine is started in a bubble or an exploration, which fail with it, or in code that another
    /// method runs, which may be one.
    private static boolean isWatched(Source source, TreePath start) {
        for (TreePath p = start.getParentPath(); !(p.getLeaf() instanceof MethodTree); p = p.getParentPath()) {
            if (p.getLeaf() instanceof LambdaExpressionTree && source.start(p.getLeaf()) == null) return true;
            if (p.getLeaf() instanceof ClassTree) return true;
        }
        MethodTree method = Source.enclosingMethod(start);
        return method != null && method.getModifiers().getAnnotations().toString().matches(".*(Bubble|Explore).*");
    }
}
