package gofer.vet;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/// `cond.await()` that does not check its condition again. A signal can come before the wait, and others can change the
/// condition between the signal and the return. If the method does not lock, its callers may have the loop.
final class AwaitNotInLoop extends Check {
    AwaitNotInLoop() {
        super(Severity.WARNING, "`Cond.await` is not in a loop that checks the condition");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call await : source.calls(Api.COND, "await")) {
            if (Syntax.loop(await.path()) != null || !isAfterLock(source, await) || isRecursive(source, await))
                continue;
            reporter.report(
                    await.path(),
                    "`await` is not in a loop, so it may miss a signal, or return when the condition is false again",
                    "Check the condition in a loop: `while (!ready) cond.await();`.");
        }
    }

    /// Returns whether the body that contains `await` takes the lock before.
    private static boolean isAfterLock(Source source, Call await) {
        Place own = lock(source, await);
        for (Section section : source.sections()) {
            if (section.lock().body() != await.body() || own != null && !own.equals(section.place())) continue;
            if (section.statements().stream().anyMatch(held -> Syntax.isInside(await.path(), held))) return true;
        }
        return false;
    }

    /// Returns the lock of the condition that waits, or null if it is not known.
    private static @Nullable Place lock(Source source, Call await) {
        Variable cond = source.variable(await.receiver());
        TreePath value = cond == null ? null : cond.initializerPath();
        return value != null && value.getLeaf() instanceof NewClassTree tree && tree.getArguments().size() == 1
                ? source.place(new TreePath(value, tree.getArguments().getFirst()))
                : null;
    }

    /// Returns whether the method calls itself, which is a loop, too.
    private static boolean isRecursive(Source source, Call await) {
        return await.body() instanceof MethodTree method
                && Syntax.any(
                        method,
                        node -> node instanceof MethodInvocationTree && source.calledBody(node) == method.getBody());
    }
}
