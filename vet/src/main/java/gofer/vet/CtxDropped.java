package gofer.vet;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/// A method that has a context and waits without it.
final class CtxDropped extends Check {
    CtxDropped() {
        super(Severity.WARNING, false, "a method has a context and waits without it");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Call call : source.calls()) {
            boolean isFresh = call.is(Api.CONTEXT, "background", "todo");
            if (!isFresh && !waitsWithout(source, call)) continue;
            String context = context(source, call.path());
            if (context == null) continue;
            String message =
                    isFresh
                            ? "this ignores the context `" + context + "` of the method"
                            : "this wait does not end when `" + context + "` is cancelled";
            String hint = isFresh ? "Derive from `" + context + "`." : "Pass `" + context + "` as an argument.";
            reporter.report(call.path(), message, hint);
        }
    }

    private static boolean waitsWithout(Source source, Call call) {
        TreePath receiver = call.receiver();
        if (receiver != null
                && source.call(Syntax.strip(receiver.getLeaf())) instanceof Call on
                && on.is(Api.CONTEXT, "done")) return false;
        return call.is(Api.CHAN, 1, "send")
                || call.is(Api.CHAN, 0, "recv", "recvOk")
                || call.is(Api.WAIT_GROUP, 0, "await")
                || call.is(Api.COND, 0, "await")
                || call.is(Api.SELECT, 0, "await")
                || call.is(Api.WEIGHTED, 1, "acquire");
    }

    /// Returns the name of the context that the method around `path` has as a parameter, or null.
    private static @Nullable String context(Source source, TreePath path) {
        MethodTree method = Source.enclosingMethod(path);
        if (method == null) return null;
        for (var parameter : method.getParameters()) {
            var element = source.trees().getElement(new TreePath(path(path, method), parameter));
            if (element == null) continue;
            var type = element.asType();
            if (Api.of(type) == Api.CONTEXT || Api.is(type, "gofer.goroutine.Cancellation"))
                return parameter.getName().toString();
        }
        return null;
    }

    private static TreePath path(TreePath inner, MethodTree method) {
        TreePath p = inner;
        while (p.getLeaf() != method) p = p.getParentPath();
        return p;
    }
}
