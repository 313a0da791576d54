package gofer.vet;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/// A collection or array that a goroutine changes while its starter, or another goroutine of the same loop, uses it.
final class SharedCapture extends Check {
    private static final String HINT =
            "Guard it with a `Mutex`, send the values on a channel, or wait for the goroutine before.";

    SharedCapture() {
        super(Severity.WARNING, "a goroutine changes a collection that others use at the same time");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Variable variable : source.variables()) {
            if (!variable.isLocal() || !variable.isStable() || !Mutation.isUnsafe(source, variable)) continue;
            check(source, reporter, variable);
        }
    }

    private static void check(Source source, Reporter reporter, Variable variable) {
        for (Variable.Use use : variable.uses()) {
            Call start = source.start(use.body());
            if (start == null || start.body() != variable.body()) continue;
            if (synchronizesFirst(source, (LambdaExpressionTree) use.body(), use)) continue;
            boolean isChange = Mutation.isChange(use);
            Variable.Use other = isChange && isRepeated(source, variable, start, use) ? use : null;
            if (other == null) other = touchedAfter(source, variable, start, use, isChange);
            if (other == null) continue;
            String message =
                    other == use
                            ? "several goroutines change `%s` at the same time"
                            : "`%s` is used here and in the goroutine that was started before, at the same time";
            reporter.report(other.path(), message.formatted(variable.name()), HINT);
            return;
        }
    }

    /// Returns whether the goroutine does anything before `use` that may order it after other code.
    private static boolean synchronizesFirst(Source source, LambdaExpressionTree lambda, Variable.Use use) {
        for (StatementTree statement : Syntax.statements(lambda)) {
            if (Syntax.isInside(use.path(), statement)) return synchronizesIn(source, statement);
            if (UseAfterSend.synchronizes(source, statement)) return true;
        }
        return synchronizesIn(source, lambda.getBody());
    }

    /// Returns whether `tree`, which contains the use, orders it. What the argument of `list.add(next())` does is over before.
    private static boolean synchronizesIn(Source source, Tree tree) {
        if (tree instanceof ExpressionStatementTree || tree instanceof ExpressionTree)
            return Syntax.any(tree, node -> UseAfterSend.isOrdered(source, node));
        return UseAfterSend.synchronizes(source, tree);
    }

    /// Returns whether a loop starts several goroutines that all do `use`.
    private static boolean isRepeated(Source source, Variable variable, Call start, Variable.Use use) {
        TreePath loop = Syntax.loop(start.path());
        if (loop == null || Syntax.isInside(variable.declaration(), loop.getLeaf())) return false;
        if (Mutation.isElement(use) && !Mutation.isFixedElement(use)) return false;
        TreePath statement = Syntax.parent(start.path());
        if (!(statement.getLeaf() instanceof ExpressionStatementTree) || !Flow.isInEachRound(statement, loop.getLeaf()))
            return false;
        if (loop.getLeaf() instanceof ForLoopTree && Flow.isCounting(loop.getLeaf()) && isOnce(loop.getLeaf()))
            return false;
        if (start.api() == Api.GROUP && !isUnlimited(source, start)) return false;
        return !Syntax.any(loop.getLeaf(), node -> mayWait(source, node, start));
    }

    private static boolean isOnce(Tree loop) {
        int rounds = Flow.rounds(loop);
        return rounds >= 0 && rounds < 2;
    }

    /// Returns whether the group is made here, without a limit.
    private static boolean isUnlimited(Source source, Call start) {
        Variable group = source.variable(start.receiver());
        return group != null
                && group.initializer() instanceof NewClassTree
                && source.calls(Api.GROUP, "limit").isEmpty();
    }

    /// Returns whether `node`, in the loop, may wait for the goroutine of the round: any call of other code.
    private static boolean mayWait(Source source, Tree node, Call start) {
        if (node instanceof NewClassTree || UseAfterSend.isOrdered(source, node) && !isCounted(source, node, start))
            return true;
        return node instanceof MethodInvocationTree call
                && source.call(node) == null
                && !call.getMethodSelect().toString().matches("IO\\.print(ln)?|\\w+\\.(hasNext|next|size|length)");
    }

    private static boolean isCounted(Source source, Tree node, Call start) {
        Call call = source.call(node);
        return call != null && (call == start || call.is(Api.WAIT_GROUP, "add"));
    }

    /// Returns the first use in the statements after the start, before anything that may wait for the goroutine.
    private static Variable.@Nullable Use touchedAfter(
            Source source, Variable variable, Call start, Variable.Use inside, boolean isChange) {
        TreePath statement = Syntax.listed(start.path());
        if (statement == null || statement.getLeaf() != Syntax.parent(start.path()).getLeaf()) return null;
        for (StatementTree next : Syntax.following(statement)) {
            if (UseAfterSend.synchronizes(source, next) || mayBeSpinning(next)) return null;
            for (Variable.Use use : variable.uses()) {
                if (use.body() != variable.body() || !Syntax.isInside(use.path(), next)) continue;
                if (Mutation.isElement(inside) && !(Mutation.isFixedElement(inside) && Mutation.isFixedElement(use)))
                    continue;
                if (isChange && isAccess(use) || Mutation.isChange(use)) return use;
            }
        }
        return null;
    }

    /// Returns whether `statement` is a loop that may end when the goroutine is done.
    private static boolean mayBeSpinning(StatementTree statement) {
        return statement instanceof WhileLoopTree || statement instanceof DoWhileLoopTree;
    }

    /// Returns whether `use` reads the contents: not the reference alone.
    private static boolean isAccess(Variable.Use use) {
        return switch (Syntax.parent(use.path()).getLeaf().getKind()) {
            case MEMBER_SELECT, ARRAY_ACCESS, ENHANCED_FOR_LOOP -> true;
            default -> false;
        };
    }
}
