package gofer.vet;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A goroutine that begins with `wg.add(1)`: `await` may see the count before.
///
/// **Go:** vet's `waitgroup`, staticcheck's SA2000.
final class AddInGoroutine extends Check {
    AddInGoroutine() {
        super(Severity.ERROR, "a goroutine adds itself to a wait group, perhaps after `await`");
    }

    @Override
    void run(Source source, Reporter reporter) {
        source.starts()
                .forEach((tree, start) -> {
                    if (!start.is(Api.GO, "go")) return;
                    var lambda = (LambdaExpressionTree) tree;
                    Call add = first(source, lambda);
                    if (add == null || !add.is(Api.WAIT_GROUP, "add") || !source.isFromOutside(add, lambda)) return;
                    if (isNegative(add.arguments().getFirst())) return; // add(-1) is done()
                    if (isCounted(source, start, add) || isForChild(source, lambda, start, add)) return;
                    if (awaits(source, lambda, add)) return;
                    if (signals(source, lambda, add) && !isAwaitedAtOnce(source, start, add)) return;
                    reporter.report(
                            add.path(),
                            "this goroutine adds itself to the wait group, but `await` may return before it runs",
                            "Call `add` before `go`, or use `wg.go(body)`, which counts the goroutine.");
                });
    }

    /// Returns whether the goroutine itself waits for the group.
    private static boolean awaits(Source source, Tree lambda, Call add) {
        return source.callsIn(lambda).stream()
                .anyMatch(call -> call.is(Api.WAIT_GROUP, "await") && isOn(source, call, add));
    }

    /// Returns whether the goroutine may tell another one that it has called `add`.
    private static boolean signals(Source source, Tree lambda, Call add) {
        return Syntax.any(lambda, node -> node instanceof MethodInvocationTree && !isQuiet(source, node, add));
    }

    /// Returns whether the code that starts the goroutine calls nothing that can wait before it waits for the group.
    private static boolean isAwaitedAtOnce(Source source, Call start, Call add) {
        List<Tree> nodes =
                Syntax.all(
                        start.body(),
                        node -> node instanceof MethodInvocationTree || node instanceof EnhancedForLoopTree);
        for (Tree node : nodes.subList(nodes.indexOf(start.tree()) + 1, nodes.size())) {
            Call call = source.call(node);
            if (call != null && call.is(Api.WAIT_GROUP, "await") && isOn(source, call, add)) return true;
            if (node instanceof EnhancedForLoopTree || !isQuiet(source, node, add)) return false;
        }
        return false;
    }

    /// Returns whether the call `tree` neither waits for another goroutine nor wakes one, except by the group and by locks.
    private static boolean isQuiet(Source source, Tree tree, Call add) {
        Call call = source.call(tree);
        if (call == null) return Throwing.isSafe(source, tree);
        return call.api() == Api.LOCK
                || call.is(Api.GO, "go")
                || call.api() == Api.WAIT_GROUP && isOn(source, call, add);
    }

    private static boolean isOn(Source source, Call call, Call add) {
        Place group = source.place(add.receiver());
        return group != null && group.equals(source.place(call.receiver()));
    }

    private static boolean isNegative(Tree delta) {
        return switch (Syntax.strip(delta)) {
            case UnaryTree _ -> true;
            case LiteralTree literal -> literal.getValue() instanceof Integer number && number < 0;
            default -> false;
        };
    }

    private static @Nullable Call first(Source source, LambdaExpressionTree lambda) {
        if (source.call(Syntax.strip(lambda.getBody())) instanceof Call call) return call;
        List<? extends StatementTree> statements = Syntax.statements(lambda);
        return !statements.isEmpty() && statements.getFirst() instanceof ExpressionStatementTree statement
                ? source.call(statement.getExpression())
                : null;
    }

    /// Returns whether a `wg.go` around the start counts the starter, so that the count is not zero.
    private static boolean isCounted(Source source, Call start, Call add) {
        Place group = source.receiver(add);
        for (TreePath p = start.path(); p != null; p = p.getParentPath()) {
            Call outer = source.start(p.getLeaf());
            if (outer != null && outer.api() == Api.WAIT_GROUP && group != null && group.equals(source.receiver(outer)))
                return true;
        }
        return false;
    }

    /// Returns whether the goroutine is counted already, and adds a goroutine that it starts itself.
    private static boolean isForChild(Source source, Tree lambda, Call start, Call add) {
        Place group = source.place(add.receiver());
        boolean isCounted =
                source.calls(Api.WAIT_GROUP, "add").stream()
                        .anyMatch(call ->
                                call.body() == start.body()
                                        && group != null
                                        && group.equals(source.place(call.receiver())));
        return isCounted && source.calls(lambda, Api.GO, "go");
    }
}
