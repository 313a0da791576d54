package gofer.vet;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// An expression that has the same value each time: `mu`, `this.mu`, or `account.mu` with variables that do not change.
///
/// @param variables the variables that lead to the value; the last one holds it
record Place(List<VariableElement> variables) {
    VariableElement last() {
        return variables.getLast();
    }

    /// Returns whether this is a variable, not a field of another variable's object.
    boolean isDirect() {
        return variables.size() == 1;
    }

    /// Returns whether the expression `path` names the object of an enclosing class: `Outer.this.mu`. A variable of that object
    /// is another one than that of `this` if both objects have the same class.
    static boolean isOfOuter(@Nullable TreePath path) {
        return path != null
                && Syntax.any(
                        path.getLeaf(),
                        node ->
                                node instanceof MemberSelectTree select
                                        && select.getIdentifier().contentEquals("this"));
    }

    @Override
    public String toString() {
        return variables.stream().map(v -> v.getSimpleName().toString()).collect(Collectors.joining("."));
    }
}
