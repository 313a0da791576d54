package gofer.vet;

import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// A collection, array or string builder that the sender changes after it has sent it. The receiver has the same object.
final class UseAfterSend extends Check {
    UseAfterSend() {
        super(Severity.WARNING, "an object is changed after it was sent");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call send : source.calls(Api.CHAN, "send")) {
            Tree value = Syntax.strip(send.arguments().getLast());
            TreePath statement = Syntax.parent(send.path());
            if (!(value instanceof IdentifierTree) || !(statement.getLeaf() instanceof ExpressionStatementTree))
                continue;
            Variable variable = source.variable(source.trees().getElement(new TreePath(send.path(), value)));
            if (variable == null || !variable.isLocal() || variable.body() != send.body()) continue;
            if (variable.uses().stream().noneMatch(Mutation::isChange)) continue;
            if (!isPlain(source, variable) || isOwnChannel(source, send)) continue;
            Variable.Use change = changeAfter(source, statement, variable);
            if (change == null) change = changeInNextRound(source, statement, variable);
            if (change == null) continue;
            reporter.report(
                    change.path(),
                    "`%s` is changed after it was sent, while the receiver may read it".formatted(variable.name()),
                    "Send a copy, or make a new one after the send.");
        }
    }

    /// Returns whether the variable certainly has a collection that only one goroutine can use at a time.
    private static boolean isPlain(Source source, Variable variable) {
        if (Mutation.isPlain(variable.element().asType())) return true;
        boolean isReplaced = variable.uses().stream().anyMatch(use -> Variable.isWrite(use.path()));
        return !isReplaced && Mutation.isUnsafe(source, variable);
    }

    /// Returns whether only the sender uses the channel, so no other goroutine gets the object.
    private static boolean isOwnChannel(Source source, Call send) {
        Variable channel = source.variable(send.receiver());
        return channel != null
                && channel.isLocal()
                && channel.uses().stream()
                        .allMatch(use ->
                                use.body() == send.body() && (source.callOn(use) != null || Source.isRange(use)));
    }

    private static Variable.@Nullable Use changeAfter(Source source, TreePath statement, Variable variable) {
        for (StatementTree next : Syntax.following(statement)) {
            if (hasWrite(next, variable)) return null;
            Variable.Use change = changeIn(next, variable);
            if (synchronizes(source, next)) return null;
            if (change != null) return change;
            if (Syntax.leaves(next) && !(next instanceof IfTree)) return null;
        }
        return null;
    }

    /// Returns the change of a variable from outside a loop, whose next round changes what this round has sent.
    private static Variable.@Nullable Use changeInNextRound(Source source, TreePath statement, Variable variable) {
        TreePath loop = Syntax.loop(statement);
        if (loop == null || Syntax.isInside(variable.declaration(), loop.getLeaf())) return null;
        StatementTree body = Syntax.loopBody(loop.getLeaf());
        boolean isDirect = statement.getParentPath().getLeaf() == body;
        if (!isDirect || hasWrite(loop.getLeaf(), variable) || synchronizes(source, body) || Syntax.jumps(body))
            return null;
        return changeIn(body, variable);
    }

    private static Variable.@Nullable Use changeIn(Tree tree, Variable variable) {
        for (Variable.Use use : variable.uses()) {
            if (use.body() == variable.body() && Mutation.isChange(use) && Syntax.isInside(use.path(), tree))
                return use;
        }
        return null;
    }

    private static boolean hasWrite(Tree tree, Variable variable) {
        return variable.uses().stream()
                .anyMatch(use -> Variable.isWrite(use.path()) && Syntax.isInside(use.path(), tree));
    }

    /// Returns whether `tree` may wait until the receiver is done: any operation but a send, or a call of unknown code.
    static boolean synchronizes(Source source, Tree tree) {
        return Syntax.any(
                tree,
                node -> {
                    if (isOrdered(source, node)) return true;
                    if (source.call(node) != null) return false;
                    return node instanceof MethodInvocationTree invocation && isOwn(source, invocation)
                            || Tree.Kind.ENHANCED_FOR_LOOP == node.getKind() && isRange(source, node);
                });
    }

    /// Returns whether `node` itself is an operation that may order goroutines.
    static boolean isOrdered(Source source, Tree node) {
        if (node instanceof SynchronizedTree || isVolatile(source, node)) return true;
        Call call = source.call(node);
        return call != null && !call.is(Api.CHAN, "send", "len", "cap", "close");
    }

    private static boolean isVolatile(Source source, Tree node) {
        if (!(node instanceof IdentifierTree) && !(node instanceof MemberSelectTree)) return false;
        TreePath path = source.path(node);
        return path != null
                && source.trees().getElement(path) instanceof VariableElement variable
                && variable.getModifiers().contains(Modifier.VOLATILE);
    }

    private static boolean isRange(Source source, Tree loop) {
        var expression = ((EnhancedForLoopTree) loop).getExpression();
        TreePath path = source.path(expression);
        return path == null || Api.of(source.trees().getTypeMirror(path)) == Api.CHAN;
    }

    private static boolean isOwn(Source source, MethodInvocationTree call) {
        TreePath path = source.path(call);
        var method = path == null ? null : source.trees().getElement(path);
        if (method == null || !(method.getEnclosingElement() instanceof TypeElement owner)) return true;
        String type = owner.getQualifiedName().toString();
        return !type.matches("java\\.(lang|util|io|time)\\.[A-Z]\\w*")
                || type.matches("java\\.lang\\.(Thread|Object|Runnable)");
    }
}
