package gofer.vet;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.TreeScanner;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/// Finds code that can throw an exception. Operations of Gofer do not count: they throw only if the goroutine is interrupted or
/// the program is wrong.
final class Throwing {
    /// Types whose methods do not throw in practice.
    private static final Set<String> SAFE_TYPES =
            Set.of(
                    "java.io.PrintStream",
                    "java.lang.AbstractStringBuilder",
                    "java.lang.IO",
                    "java.lang.Math",
                    "java.lang.String",
                    "java.lang.StringBuilder",
                    "java.lang.System",
                    "java.lang.Thread");

    /// Methods of collections that do not throw in practice.
    private static final Set<String> SAFE_METHODS =
            Set.of(
                    "add",
                    "addFirst",
                    "addLast",
                    "clear",
                    "contains",
                    "containsKey",
                    "get",
                    "getOrDefault",
                    "isEmpty",
                    "offer",
                    "offerFirst",
                    "offerLast",
                    "peek",
                    "peekFirst",
                    "peekLast",
                    "poll",
                    "pollFirst",
                    "pollLast",
                    "put",
                    "remove",
                    "size");

    private Throwing() {}

    /// Returns whether `tree` throws, divides, or calls a method that can throw, except in a `try` statement that catches all
    /// exceptions. Does not look into lambdas and classes.
    static boolean canThrow(Source source, Tree tree) {
        boolean[] found = {false};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree node, @Nullable Void none) {
                if (node == null || found[0] || Syntax.isBody(node) || catchesAll(node)) return null;
                found[0] = throwsItself(source, node);
                return super.scan(node, null);
            }
        }.scan(tree, null);
        return found[0];
    }

    private static boolean throwsItself(Source source, Tree node) {
        return switch (node) {
            case ThrowTree _ -> true;
            case BinaryTree binary ->
                    binary.getKind() == Tree.Kind.DIVIDE
                            && !(Syntax.strip(binary.getRightOperand()) instanceof LiteralTree);
            case MethodInvocationTree _ -> source.call(node) == null && !isSafe(source, node);
            default -> false;
        };
    }

    /// Returns whether the method call `tree` does not throw in practice.
    static boolean isSafe(Source source, Tree tree) {
        ExecutableElement method = source.called(tree);
        if (method == null || method.getKind() != ElementKind.METHOD || isAccessor(method)) return true;
        BlockTree body = source.calledBody(tree);
        if (body != null && body.getStatements().isEmpty()) return true;
        if (!(method.getEnclosingElement() instanceof TypeElement type)) return true;
        String owner = type.getQualifiedName().toString();
        String name = method.getSimpleName().toString();
        return owner.startsWith("gofer.")
                || owner.startsWith("java.util.concurrent.atomic.")
                || SAFE_TYPES.contains(owner)
                || owner.startsWith("java.time.") && name.equals("now")
                || owner.startsWith("java.util.") && SAFE_METHODS.contains(name);
    }

    /// Returns whether `method` only reads a component of a record.
    private static boolean isAccessor(ExecutableElement method) {
        return method.getEnclosingElement() instanceof TypeElement type
                && type.getKind() == ElementKind.RECORD
                && method.getParameters().isEmpty();
    }

    private static boolean catchesAll(Tree tree) {
        return tree instanceof TryTree statement && statement.getCatches().stream().anyMatch(Throwing::catchesAll);
    }

    private static boolean catchesAll(CatchTree branch) {
        Tree type = branch.getParameter().getType();
        List<? extends Tree> types = type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
        return types.stream()
                .anyMatch(t -> t.toString().matches("(java\\.lang\\.)?(Throwable|Exception|RuntimeException)"));
    }
}
