package gofer.vet;

import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;

/// `cond.await()` that does not check its condition again. A signal can come before the wait, and others can change the
/// condition between the signal and the return.
final class AwaitNotInLoop extends Check {
    AwaitNotInLoop() {
        super(Severity.ERROR, "`Cond.await` is not in a loop that checks the condition");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call await : source.calls(Api.COND, "await")) {
            if (Syntax.loop(await.path()) != null || isPartOfALoop(await)) continue;
            reporter.report(
                    await.path(),
                    "`await` is not in a loop, so it may miss a signal, or return when the condition is false again",
                    "Check the condition in a loop: `while (!ready) cond.await();`.");
        }
    }

    /// Returns whether the method does nothing but wait, so that its callers have the loop.
    private static boolean isPartOfALoop(Call await) {
        if (await.body() instanceof LambdaExpressionTree lambda) return lambda.getBody() == await.tree();
        if (!(await.body() instanceof MethodTree method) || method.getBody() == null) return false;
        if (method.getBody().getStatements().size() > 1) return false;
        List<Tree> others =
                Syntax.all(method.getBody(), node -> node instanceof MethodInvocationTree && node != await.tree());
        if (!others.isEmpty()) return false;
        for (TreePath p = await.path(); p.getLeaf() != method; p = p.getParentPath()) {
            if (p.getLeaf() instanceof IfTree) return false;
        }
        return true;
    }
}
