package gofer.vet;

import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Name;
import org.jspecify.annotations.Nullable;

/// Finds the jumps that leave a piece of code. Does not look into lambdas and classes.
final class Exits extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final Set<Name> labels = new HashSet<>();
    private int targets; // loops and switches around the current node that a `break` can leave
    private int catching; // try blocks around the current node that catch
    private boolean returns;
    private boolean breaks;
    private boolean throwsOut;

    private Exits() {}

    private static Exits of(@Nullable Tree tree) {
        var exits = new Exits();
        exits.scan(tree, null);
        return exits;
    }

    /// Returns whether the body of a loop has a `return`, or a `break` out of the loop.
    static boolean leaveLoop(Tree body) {
        Exits exits = of(body);
        return exits.returns || exits.breaks;
    }

    /// Returns whether `tree` has a `return`, or a `throw` that it does not catch. An `AssertionError` does not count: the
    /// code around it never runs.
    static boolean leaveMethod(@Nullable Tree tree) {
        Exits exits = of(tree);
        return exits.returns || exits.throwsOut;
    }

    @Override
    public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void none) {
        returns = true;
        return super.visitReturn(tree, null);
    }

    @Override
    public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void none) {
        if (catching == 0 && !tree.getExpression().toString().startsWith("new AssertionError(")) throwsOut = true;
        return super.visitThrow(tree, null);
    }

    @Override
    public @Nullable Void visitBreak(BreakTree tree, @Nullable Void none) {
        if (tree.getLabel() == null ? targets == 0 : !labels.contains(tree.getLabel())) breaks = true;
        return null;
    }

    @Override
    public @Nullable Void visitLabeledStatement(LabeledStatementTree tree, @Nullable Void none) {
        labels.add(tree.getLabel());
        return super.visitLabeledStatement(tree, null);
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, @Nullable Void none) {
        scan(tree.getResources(), null);
        if (!tree.getCatches().isEmpty()) catching++;
        scan(tree.getBlock(), null);
        if (!tree.getCatches().isEmpty()) catching--;
        scan(tree.getCatches(), null);
        return scan(tree.getFinallyBlock(), null);
    }

    private void inTarget(Runnable scan) {
        targets++;
        scan.run();
        targets--;
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void none) {
        inTarget(() -> super.visitWhileLoop(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void none) {
        inTarget(() -> super.visitDoWhileLoop(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void none) {
        inTarget(() -> super.visitForLoop(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void none) {
        inTarget(() -> super.visitEnhancedForLoop(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void none) {
        inTarget(() -> super.visitSwitch(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
        return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
        return null;
    }
}
