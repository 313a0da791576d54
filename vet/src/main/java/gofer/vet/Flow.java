package gofer.vet;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/// Questions about when code runs and how often.
final class Flow {
    private Flow() {}

    /// Returns whether `path` is in a lambda that is not a goroutine, or in a class, before `outer`: other code decides when it
    /// runs, how often, and what its exceptions do.
    static boolean isInUnknownCode(Source source, TreePath path, @Nullable Tree outer) {
        for (TreePath p = path; p != null && p.getLeaf() != outer; p = p.getParentPath()) {
            if (p.getLeaf() instanceof MethodTree || p.getLeaf() instanceof ClassTree) return outer != null;
            if (p.getLeaf() instanceof LambdaExpressionTree && source.start(p.getLeaf()) == null) return true;
        }
        return false;
    }

    /// Returns whether `path` is in a `try` block that catches, in the same body.
    static boolean isCaught(TreePath path) {
        for (TreePath p = path; p.getParentPath() != null && !Syntax.isBody(p.getLeaf()); p = p.getParentPath()) {
            if (p.getParentPath().getLeaf() instanceof TryTree tree
                    && tree.getBlock() == p.getLeaf()
                    && !tree.getCatches().isEmpty()) return true;
        }
        return false;
    }

    /// Returns whether each round of `loop` runs the statement `path`.
    static boolean isInEachRound(TreePath path, Tree loop) {
        TreePath p = path;
        while (p.getParentPath().getLeaf() instanceof BlockTree) p = p.getParentPath();
        return p.getParentPath().getLeaf() == loop && !Syntax.jumps(Syntax.loopBody(loop));
    }

    /// Returns whether `loop` has the shape `for (int i = a; i < b; i++)`.
    static boolean isCounting(Tree loop) {
        if (!(loop instanceof ForLoopTree tree)
                || tree.getInitializer().size() != 1
                || tree.getUpdate().size() != 1
                || !(tree.getInitializer().getFirst() instanceof VariableTree variable)
                || !(tree.getCondition() instanceof BinaryTree test)
                || !(tree.getUpdate().getFirst().getExpression() instanceof UnaryTree step)) return false;
        boolean isUp = step.getKind() == Tree.Kind.POSTFIX_INCREMENT || step.getKind() == Tree.Kind.PREFIX_INCREMENT;
        boolean isBounded = test.getKind() == Tree.Kind.LESS_THAN || test.getKind() == Tree.Kind.LESS_THAN_EQUAL;
        return isUp
                && isBounded
                && isNamed(step.getExpression(), variable.getName())
                && isNamed(test.getLeftOperand(), variable.getName());
    }

    private static boolean isNamed(ExpressionTree tree, Name name) {
        return Syntax.strip(tree) instanceof IdentifierTree identifier && identifier.getName().equals(name);
    }

    /// Returns the upper bound of a loop for which [#isCounting] is true.
    static ExpressionTree bound(Tree loop) {
        return ((BinaryTree) ((ForLoopTree) loop).getCondition()).getRightOperand();
    }

    /// Returns the number of rounds of a loop with literal bounds, or -1 if it is not known.
    static int rounds(Tree loop) {
        if (!isCounting(loop)) return -1;
        var tree = (ForLoopTree) loop;
        int from = literal(((VariableTree) tree.getInitializer().getFirst()).getInitializer());
        int to = literal(bound(loop));
        if (from < 0 || to < 0) return -1;
        return tree.getCondition().getKind() == Tree.Kind.LESS_THAN ? to - from : to - from + 1;
    }

    private static int literal(@Nullable Tree tree) {
        return tree instanceof LiteralTree literal && literal.getValue() instanceof Integer number ? number : -1;
    }
}
