package gofer.vet;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// A local variable, parameter or field that is declared in a class, and its uses there.
final class Variable {
    /// A mention of the variable.
    ///
    /// @param path the identifier or member select
    /// @param body the method, lambda or class that directly contains it
    record Use(TreePath path, Tree body) {}

    private final VariableElement element;
    private final TreePath declaration;
    private final Tree body;
    private final List<Use> uses = new ArrayList<>();

    /// @param declaration the [VariableTree]
    /// @param body the method, lambda or class that directly contains it
    Variable(VariableElement element, TreePath declaration, Tree body) {
        this.element = element;
        this.declaration = declaration;
        this.body = body;
    }

    VariableElement element() {
        return element;
    }

    String name() {
        return element.getSimpleName().toString();
    }

    TreePath declaration() {
        return declaration;
    }

    Tree body() {
        return body;
    }

    List<Use> uses() {
        return uses;
    }

    void add(Use use) {
        uses.add(use);
    }

    boolean isField() {
        return element.getKind().isField();
    }

    boolean isLocal() {
        return switch (element.getKind()) {
            case LOCAL_VARIABLE, RESOURCE_VARIABLE -> true;
            default -> false;
        };
    }

    boolean isPrivate() {
        return element.getModifiers().contains(Modifier.PRIVATE);
    }

    /// Returns whether a caller elsewhere can neither read nor replace it.
    boolean isConfined() {
        return isLocal() || isField() && isPrivate();
    }

    /// Returns the value that it is declared with, or null.
    @Nullable ExpressionTree initializer() {
        return ((VariableTree) declaration.getLeaf()).getInitializer();
    }

    @Nullable TreePath initializerPath() {
        ExpressionTree value = initializer();
        return value == null ? null : new TreePath(declaration, value);
    }

    /// Returns whether it has the same value wherever it is visible, as far as this class shows.
    boolean isStable() {
        if (element.getModifiers().contains(Modifier.FINAL)) return true;
        return !(isField() && !isPrivate()) && uses.stream().noneMatch(use -> isWrite(use.path()));
    }

    /// Returns whether the mention `path` of a variable writes it.
    static boolean isWrite(TreePath path) {
        TreePath child = path;
        TreePath parent = path.getParentPath();
        while (parent.getLeaf() instanceof ParenthesizedTree) {
            child = parent;
            parent = parent.getParentPath();
        }
        Tree written =
                switch (parent.getLeaf()) {
                    case AssignmentTree assignment -> assignment.getVariable();
                    case CompoundAssignmentTree assignment -> assignment.getVariable();
                    case UnaryTree unary when Syntax.isIncrement(unary) -> unary.getExpression();
                    default -> null;
                };
        return written == child.getLeaf();
    }
}
