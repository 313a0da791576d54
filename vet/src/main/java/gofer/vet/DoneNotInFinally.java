package gofer.vet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import java.util.List;

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
                    if (statements.subList(0, statements.size() - 1).stream()
                            .noneMatch(s -> Throwing.canThrow(source, s))) return;
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
}
