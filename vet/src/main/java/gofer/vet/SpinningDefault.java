package gofer.vet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endless loop around `trySelect` that does nothing when no arm is ready: it keeps a processor busy.
final class SpinningDefault extends Check {
    SpinningDefault() {
        super(Severity.ERROR, "an endless loop spins while no arm of `trySelect` is ready");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls(Api.GO, "trySelect")) {
            TreePath loop = Syntax.loop(call.path());
            if (loop == null || !Syntax.isEndless(loop.getLeaf())) continue;
            if (loop.getLeaf() instanceof ForLoopTree tree && !tree.getUpdate().isEmpty())
                continue; // it yields, perhaps
            if (!spins(only(Syntax.loopBody(loop.getLeaf())), call) || mayWait(source, call)) continue;
            reporter.report(
                    call.path(),
                    "this loop never waits: while no arm is ready, it keeps a processor busy",
                    "Use `select`, which waits, without the case `Default()`.");
        }
    }

    /// Returns the only statement of a loop, or null.
    private static @Nullable StatementTree only(StatementTree body) {
        if (!(body instanceof BlockTree block)) return body;
        return block.getStatements().size() == 1 ? block.getStatements().getFirst() : null;
    }

    private static boolean spins(@Nullable StatementTree statement, Call call) {
        if (statement instanceof SwitchTree tree) {
            return Syntax.strip(tree.getExpression()) == call.tree()
                    && tree.getCases().stream().anyMatch(branch -> isTaken(branch, tree) && doesNothing(branch));
        }
        return statement instanceof IfTree tree
                && (tree.getElseStatement() == null || isEmpty(tree.getElseStatement()))
                && Syntax.strip(tree.getCondition()) instanceof InstanceOfTree test
                && Syntax.strip(test.getExpression()) == call.tree()
                && test.getPattern() instanceof DeconstructionPatternTree
                && !isNamed(test.getPattern(), "Default");
    }

    /// Returns whether an argument is a call that may wait, as any method of the program can.
    private static boolean mayWait(Source source, Call call) {
        return call.arguments().stream()
                .anyMatch(argument ->
                        Syntax.any(
                                argument,
                                node ->
                                        node instanceof NewClassTree
                                                || node instanceof MethodInvocationTree
                                                        && !(source.call(node) instanceof Call inner && isArm(inner))));
    }

    private static boolean isArm(Call call) {
        return call.is(Api.CHAN, "sending", "when") || call.is(Api.CONTEXT, "done") || call.is(Api.GO, "after", "tick");
    }

    /// Returns whether the switch takes `branch` when no arm is ready.
    private static boolean isTaken(CaseTree branch, SwitchTree tree) {
        if (isDefault(branch)) return true;
        return branch.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance)
                && tree.getCases().stream().noneMatch(SpinningDefault::isDefault);
    }

    private static boolean isDefault(CaseTree branch) {
        return branch.getLabels().stream()
                .anyMatch(label -> label instanceof PatternCaseLabelTree p && isNamed(p.getPattern(), "Default"));
    }

    private static boolean isNamed(@Nullable Tree pattern, String name) {
        return pattern instanceof DeconstructionPatternTree record
                && simpleName(record.getDeconstructor()).equals(name);
    }

    static String simpleName(ExpressionTree type) {
        String name = type.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static boolean doesNothing(CaseTree branch) {
        if (branch.getGuard() != null) return false;
        if (branch.getCaseKind() == CaseTree.CaseKind.RULE) return isEmpty(branch.getBody());
        List<? extends StatementTree> statements = branch.getStatements();
        return statements != null
                && statements.stream()
                        .allMatch(s -> isEmpty(s) || s instanceof BreakTree jump && jump.getLabel() == null);
    }

    private static boolean isEmpty(@Nullable Tree tree) {
        return switch (tree) {
            case EmptyStatementTree _ -> true;
            case ContinueTree jump -> jump.getLabel() == null;
            case BlockTree block -> block.getStatements().stream().allMatch(SpinningDefault::isEmpty);
            case null, default -> false;
        };
    }
}
