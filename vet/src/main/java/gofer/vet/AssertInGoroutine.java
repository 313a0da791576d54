package gofer.vet;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;

/// An assertion of a test in a goroutine: its failure does not reach the test, which passes. Follows the body of the goroutine
/// into a method of the class, one level deep.
///
/// **Go:** vet's `testinggoroutine`, staticcheck's SA2002.
final class AssertInGoroutine extends Check {
    AssertInGoroutine() {
        super(Severity.WARNING, "an assertion fails in a goroutine, where the test does not see it");
    }

    @Override
    void run(Source source, Reporter reporter) {
        if (source.calls().stream().noneMatch(AssertInGoroutine::isAssertion) || handlesExceptions(source)) return;
        for (Call call : source.calls()) {
            if (isAssertion(call)) checkAssertion(source, reporter, call);
            else if (call.startsGoroutine()) checkBody(source, reporter, call);
        }
    }

    private static void checkAssertion(Source source, Reporter reporter, Call call) {
        Call start = source.start(call.body());
        if (start != null && isUnwatchedInTest(source, start) && !isCaught(call.path()) && !isObserved(source, call))
            report(reporter, call.path());
    }

    private static void report(Reporter reporter, TreePath place) {
        reporter.report(
                place,
                "the failure of this assertion ends the goroutine only, and the test passes",
                "Send the value to the test and check it there, or use an `ErrGroup`, whose `await` throws.");
    }

    /// Checks a goroutine whose body is a method of this class, as in `go(this::check)` and `go(() -> check(1))`, or a
    /// variable.
    private static void checkBody(Source source, Reporter reporter, Call start) {
        if (!isUnwatchedInTest(source, start)) return;
        TreePath body = new TreePath(start.path(), start.arguments().getLast());
        if (body.getLeaf() instanceof LambdaExpressionTree lambda) {
            if (lambda.getBody() instanceof MethodInvocationTree call && source.call(call) == null)
                checkMethod(source, reporter, new TreePath(body, call));
        } else if (body.getLeaf() instanceof MemberReferenceTree) {
            checkMethod(source, reporter, body);
        } else {
            Variable variable = source.variable(body);
            if (variable != null && variable.isLocal() && variable.isStable()) {
                if (variable.initializer() instanceof LambdaExpressionTree lambda && asserts(source, lambda))
                    report(reporter, body);
            }
        }
    }

    private static void checkMethod(Source source, Reporter reporter, TreePath use) {
        TreePath method = source.method(source.trees().getElement(use));
        if (method != null && asserts(source, method.getLeaf())) report(reporter, use);
    }

    private static boolean asserts(Source source, Tree body) {
        return source.callsIn(body).stream()
                .anyMatch(call -> isAssertion(call) && !isCaught(call.path()) && !isObserved(source, call));
    }

    private static boolean isAssertion(Call call) {
        return call.api() == Api.ASSERTION && call.name().matches("(assert|fail|assume|abort).*");
    }

    private static boolean isUnwatchedInTest(Source source, Call start) {
        return start.api() != Api.GROUP && Source.isInTest(start.path()) && !isWatched(source, start.path());
    }

    /// Returns whether the class has a handler for the exceptions that end threads.
    private static boolean handlesExceptions(Source source) {
        return source.root().getLeaf().toString().contains("UncaughtExceptionHandler");
    }

    /// Returns whether the goroutine does something after the assertion that the test can observe, so the test may see that it
    /// does not happen. What a `finally` does happens anyway.
    private static boolean isObserved(Source source, Call assertion) {
        for (TreePath p = assertion.path();
                p.getParentPath() != null && !Syntax.isBody(p.getLeaf());
                p = p.getParentPath()) {
            Tree parent = p.getParentPath().getLeaf();
            if (Syntax.isLoop(parent) && isObservable(source, parent)) return true;
            if (!(p.getLeaf() instanceof StatementTree)) continue;
            for (StatementTree next : Syntax.following(p)) {
                if (isObservable(source, next)) return true;
            }
        }
        return false;
    }

    private static boolean isObservable(Source source, Tree tree) {
        return Syntax.any(
                tree,
                node ->
                        switch (node) {
                            case AssignmentTree _, CompoundAssignmentTree _ -> true;
                            case MethodInvocationTree call -> !isSilent(source, call);
                            default -> false;
                        });
    }

    private static boolean isSilent(Source source, MethodInvocationTree call) {
        return source.call(call) instanceof Call known && known.api() == Api.ASSERTION
                || call.getMethodSelect()
                        .toString()
                        .matches(
                                "(?s)(.*\\.)?(assert\\w*|is[A-Z]\\w*|has[A-Z]\\w*|contains\\w*|get\\w*|recv\\w*|println)");
    }

    private static boolean isCaught(TreePath path) {
        for (TreePath p = path; p.getParentPath() != null && !Syntax.isBody(p.getLeaf()); p = p.getParentPath()) {
            if (p.getParentPath().getLeaf() instanceof TryTree tree
                    && tree.getBlock() == p.getLeaf()
                    && tree.getCatches().stream().anyMatch(AssertInGoroutine::catchesErrors)) return true;
        }
        return false;
    }

    private static boolean catchesErrors(CatchTree branch) {
        return branch.getParameter().getType().toString().matches(".*(Throwable|Error).*");
    }

    /// Returns whether the goroutine is started in a bubble or an exploration, which fail with it, or in code that another
    /// method runs, which may be one.
    private static boolean isWatched(Source source, TreePath start) {
        for (TreePath p = start.getParentPath(); !(p.getLeaf() instanceof MethodTree); p = p.getParentPath()) {
            if (p.getLeaf() instanceof LambdaExpressionTree && source.start(p.getLeaf()) == null) return true;
            if (p.getLeaf() instanceof ClassTree) return true;
        }
        MethodTree method = Source.enclosingMethod(start);
        return method != null && method.getModifiers().getAnnotations().toString().matches(".*(Bubble|Explore).*");
    }
}
