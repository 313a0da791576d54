package gofer.vet;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/// A goroutine that ends with `wg.done()`, which an exception skips.
final class DoneNotInFinally extends Check {
    DoneNotInFinally() {
        super(Severity.WARNING, "an exception skips the `done` at the end of a goroutine");
    }

    @Override
    void run(Source source, Reporter reporter) {
        source.starts()
                .forEach((tree, start) -> {
                    if (!start.is(Api.GO, "go")) return;
                    List<? extends StatementTree> statements = Syntax.statements((LambdaExpressionTree) tree);
                    if (statements.size() < 2
                            || !(statements.getLast() instanceof ExpressionStatementTree last)
                            || !(source.call(last.getExpression()) instanceof Call done)
                            || !done.is(Api.WAIT_GROUP, "done")
                            || !source.isFromOutside(done, tree)
                            || !isAdded(source, done, tree)) return;
                    if (statements.subList(0, statements.size() - 1).stream().noneMatch(s -> canThrow(source, s)))
                        return;
                    reporter.report(
                            done.path(),
                            "`done` is skipped if this goroutine throws, and `await` then waits forever",
                            "Use `wg.go(body)`, which always counts down, or call `done` in `finally`.");
                });
    }

    private static boolean isAdded(Source source, Call done, Tree lambda) {
        Place group = source.place(done.receiver());
        return source.calls(Api.WAIT_GROUP, "add").stream()
                .anyMatch(add ->
                        !Syntax.isInside(add.path(), lambda)
                                && group != null
                                && group.equals(source.place(add.receiver())));
    }

    /// Operations of Gofer count as safe: they throw only if the goroutine is interrupted or the program is wrong.
    private static boolean canThrow(Source source, StatementTree statement) {
        if (statement instanceof TryTree tree && tree.getCatches().stream().anyMatch(DoneNotInFinally::catchesAll))
            return false;
        return Syntax.any(
                statement,
                node ->
                        node instanceof MethodInvocationTree && source.call(node) == null && !isAtomic(source, node)
                                || node instanceof NewClassTree
                                || node instanceof ThrowTree
                                || node instanceof BinaryTree binary && binary.getKind() == Tree.Kind.DIVIDE);
    }

    private static boolean isAtomic(Source source, Tree call) {
        TreePath path = TreePath.getPath(source.root(), call);
        return path != null
                && source.trees().getElement(path) instanceof ExecutableElement method
                && method.getEnclosingElement() instanceof TypeElement type
                && type.getQualifiedName().toString().startsWith("java.util.concurrent.atomic.");
    }

    private static boolean catchesAll(CatchTree branch) {
        String type = branch.getParameter().getType().toString();
        return type.matches("(java\\.lang\\.)?(Throwable|Exception|RuntimeException)");
    }
}
