package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.TreePath;

/// A call that does nothing but return a value, which is thrown away.
///
/// **Go:** vet's `unusedresult`.
final class UnusedResult extends Check {
    UnusedResult() {
        super(Severity.ERROR, "the result of a call that only returns a value is thrown away");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls()) {
            String advice = advice(call);
            if (advice.isEmpty() || !source.isDiscarded(call.path()) || mayThrowOnPurpose(source, call)) continue;
            Severity severity = call.name().startsWith("try") ? Severity.WARNING : Severity.ERROR;
            reporter.report(severity, call.path(), "the result of `" + call.name() + "` is thrown away", advice);
        }
    }

    /// Returns whether the call is made for its exception: it is the last statement of a `try` block that catches, or a
    /// failure follows it there, or it is in a lambda that another method gets.
    private static boolean mayThrowOnPurpose(Source source, Call call) {
        for (TreePath p = call.path(); !(p.getLeaf() instanceof MethodTree || p.getLeaf() instanceof ClassTree); ) {
            TreePath parent = p.getParentPath();
            if (p.getLeaf() instanceof LambdaExpressionTree lambda
                    && source.start(lambda) == null
                    && (parent.getLeaf() instanceof MethodInvocationTree || parent.getLeaf() instanceof NewClassTree))
                return true;
            p = parent;
        }
        TreePath statement = Syntax.listed(call.path());
        if (statement == null || !Flow.isCaught(statement)) return false;
        var following = Syntax.following(statement);
        return following.isEmpty()
                || following.getFirst() instanceof ThrowTree
                || following.getFirst().toString().matches("(?s)(\\w+\\.)*(fail|unreachable)\\w*\\(.*");
    }

    /// Returns what to do with the result, or an empty string if a program may ignore it.
    private static String advice(Call call) {
        return switch (call.api()) {
            case CHAN ->
                    switch (call.name()) {
                        case "sending" -> "`sending` is an arm for `select`, and sends nothing by itself. Use `send`.";
                        case "when" -> "`when` returns an arm for `select`.";
                        default -> "";
                    };
            case GO ->
                    switch (call.name()) {
                        case "after", "tick" ->
                                "It returns a channel. To wait, use `sleep`, or receive from the channel.";
                        default -> "";
                    };
            case CONTEXT ->
                    switch (call.name()) {
                        case "withCancel", "withTimeout", "withDeadline", "withValue", "withoutCancel", "merge" ->
                                "The context itself does not change. Use the context that is returned.";
                        case "done" -> "It returns a channel. To wait, receive from the channel.";
                        case "background", "todo" -> "It returns a context and has no effect.";
                        default -> "";
                    };
            case ONCE ->
                    call.is(Api.ONCE, "func", "value")
                            ? "It returns a function. Call the function to run the action."
                            : "";
            case LOCK ->
                    switch (call.name()) {
                        case "tryLock", "tryRLock" -> "If it returns false, the lock is not held. Check the result.";
                        case "rLocker" -> "It returns a view of the lock, and locks nothing by itself.";
                        default -> "";
                    };
            case WEIGHTED ->
                    call.is(Api.WEIGHTED, "tryAcquire")
                            ? "If it returns false, nothing is acquired. Check the result."
                            : "";
            default -> "";
        };
    }
}
