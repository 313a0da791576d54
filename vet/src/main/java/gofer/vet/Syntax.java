package gofer.vet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Questions about the shape of code, without types.
final class Syntax {
    private Syntax() {}

    /// Returns the parent, without parentheses.
    static TreePath parent(TreePath path) {
        TreePath parent = path.getParentPath();
        while (parent.getLeaf() instanceof ParenthesizedTree) parent = parent.getParentPath();
        return parent;
    }

    static Tree strip(Tree tree) {
        Tree inner = tree;
        while (inner instanceof ParenthesizedTree parentheses) inner = parentheses.getExpression();
        return inner;
    }

    /// Returns whether code in `tree` runs at another time than the code around it.
    static boolean isBody(Tree tree) {
        return tree instanceof LambdaExpressionTree || tree instanceof MethodTree || tree instanceof ClassTree;
    }

    static boolean isLoop(Tree tree) {
        return tree instanceof WhileLoopTree
                || tree instanceof DoWhileLoopTree
                || tree instanceof ForLoopTree
                || tree instanceof EnhancedForLoopTree;
    }

    static boolean isIncrement(UnaryTree unary) {
        return switch (unary.getKind()) {
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT -> true;
            default -> false;
        };
    }

    /// Returns the nearest ancestor, or `path` itself, that matches. Does not leave the body that contains `path`.
    static @Nullable TreePath enclosing(TreePath path, Predicate<Tree> matches) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (matches.test(p.getLeaf())) return p;
            if (p != path && isBody(p.getLeaf())) return null;
        }
        return null;
    }

    /// Returns the innermost loop around `path` in the same body.
    static @Nullable TreePath loop(TreePath path) {
        return enclosing(path.getParentPath(), Syntax::isLoop);
    }

    /// Returns the body of a loop.
    static StatementTree loopBody(Tree loop) {
        return switch (loop) {
            case WhileLoopTree tree -> tree.getStatement();
            case DoWhileLoopTree tree -> tree.getStatement();
            case ForLoopTree tree -> tree.getStatement();
            case EnhancedForLoopTree tree -> tree.getStatement();
            default -> throw new IllegalArgumentException("no loop: " + loop.getKind());
        };
    }

    /// Returns whether a loop ends only by a jump.
    static boolean isEndless(Tree loop) {
        return switch (loop) {
            case WhileLoopTree tree -> isTrue(tree.getCondition());
            case DoWhileLoopTree tree -> isTrue(tree.getCondition());
            case ForLoopTree tree -> tree.getCondition() == null || isTrue(tree.getCondition());
            default -> false;
        };
    }

    private static boolean isTrue(Tree condition) {
        return strip(condition) instanceof LiteralTree literal && Boolean.TRUE.equals(literal.getValue());
    }

    /// Returns the statement around `path` that is in a list of statements, in the same body. Null if there is none.
    static @Nullable TreePath listed(TreePath path) {
        for (TreePath p = path; p != null && p.getParentPath() != null && !isBody(p.getLeaf()); p = p.getParentPath()) {
            if (p.getLeaf() instanceof StatementTree && siblings(p) != null) return p;
        }
        return null;
    }

    /// Returns the list that contains the statement `path`, or null if it is in none.
    static @Nullable List<? extends StatementTree> siblings(TreePath path) {
        return switch (path.getParentPath().getLeaf()) {
            case BlockTree block -> block.getStatements();
            case CaseTree branch when branch.getStatements() != null -> branch.getStatements();
            default -> null;
        };
    }

    /// Returns the statements after the statement `path` in its list.
    static List<? extends StatementTree> following(TreePath path) {
        List<? extends StatementTree> all = siblings(path);
        if (all == null) return List.of();
        int index = all.indexOf(path.getLeaf());
        return all.subList(index + 1, all.size());
    }

    /// Returns whether a node in `tree` matches. Does not look into lambdas and classes.
    static boolean any(@Nullable Tree tree, Predicate<Tree> matches) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree node, @Nullable Void none) {
                if (node == null || found[0]) return null;
                found[0] = matches.test(node);
                return node == tree || !isBody(node) ? super.scan(node, null) : null;
            }
        }.scan(tree, null);
        return found[0];
    }

    /// Returns all nodes in `tree` that match, in order. Does not look into lambdas and classes.
    static List<Tree> all(@Nullable Tree tree, Predicate<Tree> matches) {
        var found = new ArrayList<Tree>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree node, @Nullable Void none) {
                if (node == null) return null;
                if (matches.test(node)) found.add(node);
                if (node == tree || !isBody(node)) super.scan(node, null);
                return null;
            }
        }.scan(tree, null);
        return found;
    }

    /// Returns whether `tree` contains a statement that leaves the method.
    static boolean leaves(@Nullable Tree tree) {
        return any(tree, node -> node instanceof ReturnTree || node instanceof ThrowTree);
    }

    /// Returns whether `tree` contains a jump: also one that stays in the method.
    static boolean jumps(@Nullable Tree tree) {
        return leaves(tree) || any(tree, node -> node instanceof BreakTree || node instanceof YieldTree);
    }

    /// Returns the statements of a lambda's block, or an empty list if its body is an expression.
    static List<? extends StatementTree> statements(LambdaExpressionTree lambda) {
        return lambda.getBody() instanceof BlockTree block ? block.getStatements() : List.of();
    }

    /// Returns whether `path` is inside `tree`, or is it.
    static boolean isInside(TreePath path, Tree tree) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() == tree) return true;
        }
        return false;
    }
}
