package gofer.vet;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.Set;
import javax.lang.model.element.QualifiedNameable;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// Changes of arrays, collections and string builders.
final class Mutation {
    private static final Set<String> METHODS =
            Set.of(
                    "add",
                    "addAll",
                    "addFirst",
                    "addLast",
                    "append",
                    "clear",
                    "compute",
                    "computeIfAbsent",
                    "computeIfPresent",
                    "delete",
                    "deleteCharAt",
                    "insert",
                    "merge",
                    "offer",
                    "poll",
                    "pollFirst",
                    "pollLast",
                    "pop",
                    "push",
                    "put",
                    "putAll",
                    "putIfAbsent",
                    "remove",
                    "removeAll",
                    "removeFirst",
                    "removeIf",
                    "removeLast",
                    "replace",
                    "replaceAll",
                    "retainAll",
                    "reverse",
                    "set",
                    "setCharAt",
                    "setLength",
                    "sort");

    private static final Set<String> UNSAFE =
            Set.of(
                    "java.util.ArrayDeque",
                    "java.util.ArrayList",
                    "java.util.BitSet",
                    "java.util.HashMap",
                    "java.util.HashSet",
                    "java.util.LinkedHashMap",
                    "java.util.LinkedHashSet",
                    "java.util.LinkedList",
                    "java.util.PriorityQueue",
                    "java.util.TreeMap",
                    "java.util.TreeSet",
                    "java.lang.StringBuilder");

    private Mutation() {}

    /// Returns whether the initial value of `variable` is a new array, or a collection that goroutines must not share.
    static boolean isUnsafe(Source source, Variable variable) {
        TreePath value = variable.initializerPath();
        return value != null && isUnsafe(source, value);
    }

    private static boolean isUnsafe(Source source, TreePath value) {
        ExpressionTree tree = (ExpressionTree) value.getLeaf();
        if (tree instanceof NewArrayTree) return true;
        if (!(tree instanceof NewClassTree made) || made.getClassBody() != null) return false;
        TypeMirror type = source.trees().getTypeMirror(value);
        return UNSAFE.contains(name(type));
    }

    /// Returns whether each object of the declared `type` is an array, a collection that goroutines must not share, or a
    /// string builder.
    static boolean isPlain(TypeMirror type) {
        return type.getKind() == TypeKind.ARRAY || UNSAFE.contains(name(type));
    }

    private static String name(@Nullable TypeMirror type) {
        return type instanceof DeclaredType declared && declared.asElement() instanceof QualifiedNameable named
                ? named.getQualifiedName().toString()
                : "";
    }

    /// Returns whether the variable in `use` is changed there: an element is assigned, or a method changes it.
    static boolean isChange(Variable.Use use) {
        TreePath parent = Syntax.parent(use.path());
        return switch (parent.getLeaf()) {
            case ArrayAccessTree access ->
                    Syntax.strip(access.getExpression()) == use.path().getLeaf() && Variable.isWrite(parent);
            case MemberSelectTree select -> isCall(parent) && METHODS.contains(select.getIdentifier().toString());
            default -> false;
        };
    }

    private static boolean isCall(TreePath select) {
        Tree parent = select.getParentPath().getLeaf();
        return parent instanceof MethodInvocationTree call && call.getMethodSelect() == select.getLeaf();
    }

    /// Returns whether the index of the array in `use` is a literal, so that goroutines share the element.
    static boolean isFixedElement(Variable.Use use) {
        return Syntax.parent(use.path()).getLeaf() instanceof ArrayAccessTree access
                && Syntax.strip(access.getIndex()) instanceof LiteralTree;
    }

    static boolean isElement(Variable.Use use) {
        return Syntax.parent(use.path()).getLeaf() instanceof ArrayAccessTree;
    }
}
