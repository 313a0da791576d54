package gofer.vet;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// A context that this method derives and never cancels. Passing it to code that takes a `Context` cancels nothing, since a
/// `Context` has no `cancel`.
///
/// **Go:** vet's `lostcancel`. There the cancel function is a value of its own, and each path is checked. Here the whole method
/// counts.
final class LostCancel extends Check {
    private static final String HINT =
            "Derive it in a `try` statement, which cancels it at the end: `try (var ctx = parent.withCancel())`.";

    LostCancel() {
        super(Severity.ERROR, "a derived context is never cancelled");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls(Api.CONTEXT, "withCancel", "withTimeout", "withDeadline")) {
            if (isCancelledFromAbove(source, call)) continue;
            TreePath parent = Syntax.parent(call.path());
            switch (parent.getLeaf()) {
                case VariableTree _ -> check(source, reporter, call, source.declared(parent));
                case AssignmentTree tree when tree.getVariable() != call.tree() && source.isDiscarded(parent) ->
                        check(source, reporter, call, source.variable(new TreePath(parent, tree.getVariable())));
                case MethodInvocationTree _, NewClassTree _ -> {
                    if (isTakenAsContext(source, parent, call.tree())) report(reporter, call, "this context");
                }
                case MemberSelectTree select -> {
                    if (!isCancel(select.getIdentifier().toString())
                            && source.call(parent.getParentPath().getLeaf()) != null)
                        report(reporter, call, "this context");
                }
                default -> {}
            }
        }
    }

    /// Returns whether the context ends at once, or with a parent that this class cancels.
    private static boolean isCancelledFromAbove(Source source, Call call) {
        if (!call.arguments().isEmpty() && call.arguments().getFirst().toString().endsWith("Duration.ZERO"))
            return true;
        Variable parent = source.variable(withoutValues(source, call));
        if (parent == null || !Api.is(parent.element().asType(), "gofer.context.CancelContext")) return false;
        ExpressionTree made = parent.initializer();
        if (made != null
                && source.call(Syntax.strip(made)) instanceof Call outer
                && isCancelledFromAbove(source, outer)) return true;
        return parent.element().getKind() != ElementKind.LOCAL_VARIABLE
                || parent.uses().stream()
                        .anyMatch(use -> !Variable.isWrite(use.path()) && cancelsOrEscapes(source, use));
    }

    /// Returns the parent of a derived context, without the values that are added on the way: `ctx` for `ctx.withValue(...)`.
    private static @Nullable TreePath withoutValues(Source source, Call call) {
        TreePath parent = call.receiver();
        while (parent != null
                && source.call(Syntax.strip(parent.getLeaf())) instanceof Call inner
                && inner.is(Api.CONTEXT, "withValue")) parent = inner.receiver();
        return parent;
    }

    private static void report(Reporter reporter, Call call, String what) {
        String message =
                what + " is never cancelled, so it stays registered with its parent, and its waits may never end";
        reporter.report(call.path(), message, HINT);
    }

    private static void check(Source source, Reporter reporter, Call call, @Nullable Variable variable) {
        if (variable == null || variable.element().getKind() != ElementKind.LOCAL_VARIABLE) return;
        boolean endsByItself = !call.name().equals("withCancel");
        for (Variable.Use use : variable.uses()) {
            if (!Variable.isWrite(use.path()) && cancelsOrEscapes(source, use)) return;
            if (endsByItself && isAwaited(source, use)) return;
        }
        report(reporter, call, variable.name().isEmpty() ? "this context" : "`" + variable.name() + "`");
    }

    private static boolean cancelsOrEscapes(Source source, Variable.Use use) {
        TreePath parent = Syntax.parent(use.path());
        return switch (parent.getLeaf()) {
            case MemberSelectTree select -> isCancel(select.getIdentifier().toString());
            case MemberReferenceTree reference -> isCancel(reference.getName().toString());
            case MethodInvocationTree _, NewClassTree _ -> !isTakenAsContext(source, parent, use.path().getLeaf());
            case BinaryTree _ -> false;
            case TryTree _ -> true;
            default -> true;
        };
    }

    /// Returns whether the program waits for the end of the context: `ctx.done().recvOk()`.
    private static boolean isAwaited(Source source, Variable.Use use) {
        Call done = source.callOn(use);
        if (done == null || !done.is(Api.CONTEXT, "done")) return false;
        TreePath parent = Syntax.parent(done.path());
        return parent.getLeaf() instanceof MemberSelectTree select
                && select.getIdentifier().toString().startsWith("recv");
    }

    private static boolean isCancel(String method) {
        return method.equals("cancel") || method.equals("close");
    }

    /// Returns whether `argument` of the call `path` is for a parameter whose type has no method `cancel`.
    private static boolean isTakenAsContext(Source source, TreePath path, Tree argument) {
        List<? extends ExpressionTree> arguments =
                switch (path.getLeaf()) {
                    case MethodInvocationTree call -> call.getArguments();
                    case NewClassTree call -> call.getArguments();
                    default -> List.of();
                };
        if (!(source.trees().getElement(path) instanceof ExecutableElement method)) return false;
        List<? extends VariableElement> parameters = method.getParameters();
        for (int i = 0; i < arguments.size(); i++) {
            if (Syntax.strip(arguments.get(i)) != argument) continue;
            int last = parameters.size() - 1;
            TypeMirror type = parameters.get(Math.min(i, last)).asType();
            if (method.isVarArgs() && i >= last && type instanceof ArrayType array) type = array.getComponentType();
            return Api.is(type, "gofer.context.Context") || Api.is(type, "gofer.goroutine.Cancellation");
        }
        return false;
    }
}
