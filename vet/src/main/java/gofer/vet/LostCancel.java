package gofer.vet;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// A context that this method derives and never cancels. Passing it to code that takes a `Context` cancels nothing, since a
/// `Context` has no `cancel`. A context with a deadline ends by itself, so it is reported only if all uses are plain: none can
/// wait for the deadline.
///
/// **Go:** vet's `lostcancel`. There the cancel function is a value of its own, and each path is checked. Here the whole method
/// counts.
final class LostCancel extends Check {
    private static final String HINT =
            "Derive it in a `try` statement, which cancels it at the end: `try (var ctx = parent.withCancel())`.";

    private static final Pattern CAST =
            Pattern.compile(
                    "(\\(%1$s\\)|(instanceof|case) (final )?%1$s\\b)".formatted("(CancelContext|(Auto)?Closeable)"));

    LostCancel() {
        super(Severity.ERROR, "a derived context is never cancelled");
    }

    @Override
    void run(Source source, Reporter reporter) {
        List<Call> calls = source.calls(Api.CONTEXT, "withCancel", "withTimeout", "withDeadline", "merge");
        if (calls.isEmpty()) return;
        boolean casts = castsContexts(source);
        for (Call call : calls) {
            if (endsAnyway(source, call)) continue;
            new Lost(source, reporter, call, casts).check();
        }
    }

    /// Returns whether a context can get its `cancel` back somewhere in the class, as in `((CancelContext) ctx).cancel()`.
    private static boolean castsContexts(Source source) {
        return CAST.matcher(source.root().getLeaf().toString()).find();
    }

    /// Returns whether the context that `derive` returns ends at once, or with one that it is derived from.
    private static boolean endsAnyway(Source source, Call derive) {
        List<? extends ExpressionTree> arguments = derive.arguments();
        if (derive.name().equals("merge"))
            return arguments.stream().anyMatch(parent -> endsAnyway(source, new TreePath(derive.path(), parent)));
        if (!arguments.isEmpty() && arguments.getFirst().toString().endsWith("Duration.ZERO")) return true;
        return endsAnyway(source, derive.receiver());
    }

    /// Returns whether `context` is cancelled by this class or by a group, and with it each context that is derived from it.
    private static boolean endsAnyway(Source source, @Nullable TreePath context) {
        if (context == null) return false;
        if (source.call(Syntax.strip(context.getLeaf())) instanceof Call call) {
            if (call.api() == Api.GROUP) return true;
            if (call.is(Api.CONTEXT, "background", "todo", "withoutCancel")) return false;
            return endsAnyway(source, call);
        }
        Variable variable = source.variable(context);
        if (variable == null) return false;
        if (Api.is(variable.element().asType(), "gofer.context.CancelContext")) {
            if (variable.element().getKind() != ElementKind.LOCAL_VARIABLE) return true;
            if (variable.uses().stream().anyMatch(use -> cancelsOrEscapes(source, use))) return true;
        }
        return variable.isLocal() && endsAnyway(source, variable.initializerPath());
    }

    private static boolean cancelsOrEscapes(Source source, Variable.Use use) {
        if (Variable.isWrite(use.path())) return false;
        TreePath parent = Syntax.parent(use.path());
        return switch (parent.getLeaf()) {
            case MemberSelectTree select -> isCancel(select.getIdentifier().toString());
            case MemberReferenceTree reference -> isCancel(reference.getName().toString());
            case MethodInvocationTree _, NewClassTree _ -> !isTakenAsContext(source, parent, use.path().getLeaf());
            case BinaryTree _ -> false;
            default -> true;
        };
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

    /// One derived context.
    private record Lost(Source source, Reporter reporter, Call call, boolean casts) {
        private boolean endsByItself() {
            return !call.is(Api.CONTEXT, "withCancel", "merge");
        }

        void check() {
            TreePath value = withValues(call.path());
            TreePath parent = Syntax.parent(value);
            switch (parent.getLeaf()) {
                case VariableTree _ -> checkVariable(source.declared(parent));
                case AssignmentTree tree when tree.getVariable() != value.getLeaf() && source.isDiscarded(parent) ->
                        checkVariable(source.variable(new TreePath(parent, tree.getVariable())));
                case MethodInvocationTree _, NewClassTree _ -> {
                    if (!mayBeCancelledBy(parent, value.getLeaf())) report("this context");
                }
                case MemberSelectTree select -> {
                    if (!endsByItself()
                            && !isCancel(select.getIdentifier().toString())
                            && source.call(parent.getParentPath().getLeaf()) != null) report("this context");
                }
                default -> {}
            }
        }

        /// Returns the expression around a context that adds values to it, or derives another one: `ctx.withValue("key", 1)`.
        private TreePath withValues(TreePath context) {
            TreePath outer = context;
            while (Syntax.parent(outer).getLeaf() instanceof MemberSelectTree
                    && source.call(Syntax.parent(outer).getParentPath().getLeaf()) instanceof Call next
                    && next.api() == Api.CONTEXT
                    && next.name().startsWith("with")) outer = next.path();
            return outer;
        }

        private void checkVariable(@Nullable Variable variable) {
            if (variable == null || variable.element().getKind() != ElementKind.LOCAL_VARIABLE) return;
            if (variable.uses().stream().anyMatch(use -> mayEnd(variable, use))) return;
            report(variable.name().isEmpty() ? "this context" : "`" + variable.name() + "`");
        }

        /// Returns whether the context may be cancelled at `use`, or may be awaited there if it has a deadline.
        private boolean mayEnd(Variable variable, Variable.Use use) {
            if (Variable.isWrite(use.path())) return false;
            TreePath value = withValues(use.path());
            TreePath parent = Syntax.parent(value);
            if (endsByItself() && (use.body() != variable.body() || Syntax.loop(value) != null || Flow.isCaught(value)))
                return true;
            return switch (parent.getLeaf()) {
                case MemberSelectTree select -> {
                    String name = select.getIdentifier().toString();
                    yield isCancel(name) || endsByItself() && name.equals("done");
                }
                case MethodInvocationTree _, NewClassTree _ -> mayBeCancelledBy(parent, value.getLeaf());
                case BinaryTree _, ExpressionStatementTree _ -> false;
                case MemberReferenceTree reference -> isCancel(reference.getName().toString());
                default -> true;
            };
        }

        /// Returns whether the method or constructor that `path` calls may cancel its argument.
        private boolean mayBeCancelledBy(TreePath path, Tree argument) {
            if (!isTakenAsContext(source, path, argument)) return true;
            if (source.call(path.getLeaf()) != null) return false;
            if (!(source.trees().getElement(path) instanceof ExecutableElement method)) return true;
            if (casts) return true;
            if (path.getLeaf() instanceof NewClassTree) {
                return hasEnd(method.getEnclosingElement()) || isKept(path);
            }
            return !method.getModifiers().contains(Modifier.STATIC) && hasEnd(method.getEnclosingElement());
        }

        /// Returns whether the new object `path` may live longer than the method, or end with a `try` statement.
        private boolean isKept(TreePath path) {
            TreePath parent = Syntax.parent(path);
            if (parent.getLeaf() instanceof VariableTree) {
                Variable variable = source.declared(parent);
                return variable == null || variable.element().getKind() != ElementKind.LOCAL_VARIABLE;
            }
            return parent.getLeaf() instanceof AssignmentTree || parent.getLeaf() instanceof ReturnTree;
        }

        /// Returns whether objects of `type` have a method that ends them.
        private static boolean hasEnd(@Nullable Element type) {
            if (!(type instanceof TypeElement element)) return false;
            return element.getEnclosedElements().stream().anyMatch(Lost::isEnd)
                    || hasEnd(element.getSuperclass())
                    || element.getInterfaces().stream().anyMatch(Lost::hasEnd);
        }

        private static boolean hasEnd(TypeMirror type) {
            return type instanceof DeclaredType declared && hasEnd(declared.asElement());
        }

        private static boolean isEnd(Element member) {
            return member.getKind() == ElementKind.METHOD
                    && member.getSimpleName().toString().matches("close|cancel|stop|shutdown");
        }

        private void report(String what) {
            String message =
                    endsByItself()
                            ? what + " is not cancelled, so it stays registered with its parent until its deadline"
                            : what
                                    + " is never cancelled, so it stays registered with its parent, and its waits may"
                                    + " never end";
            reporter.report(endsByItself() ? Severity.WARNING : Severity.ERROR, call.path(), message, HINT);
        }
    }
}
