package gofer.vet;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import java.util.List;
import javax.lang.model.element.ExecutableElement;
import org.jspecify.annotations.Nullable;

/// A call of a method of Gofer.
///
/// @param path the [MethodInvocationTree]
/// @param api the type that has the method
/// @param method the method
/// @param body the method, lambda or class that directly contains the call
record Call(TreePath path, Api api, ExecutableElement method, Tree body) {
    MethodInvocationTree tree() {
        return (MethodInvocationTree) path.getLeaf();
    }

    String name() {
        return method.getSimpleName().toString();
    }

    List<? extends ExpressionTree> arguments() {
        return tree().getArguments();
    }

    /// Returns whether this calls one of `names` of `type`.
    boolean is(Api type, String... names) {
        return api == type && List.of(names).contains(name());
    }

    /// Returns whether this calls `names` with as many arguments as `count`.
    boolean is(Api type, int count, String... names) {
        return arguments().size() == count && is(type, names);
    }

    /// Returns the path of the object that the method is called on, or null if the call names none.
    @Nullable TreePath receiver() {
        if (!(tree().getMethodSelect() instanceof MemberSelectTree select)) return null;
        return new TreePath(new TreePath(path, select), select.getExpression());
    }

    /// Returns whether this starts a goroutine with its last argument as the body.
    boolean startsGoroutine() {
        return is(Api.GO, "go") || is(Api.WAIT_GROUP, "go") || is(Api.GROUP, "go", "tryGo");
    }
}
