package gofer.vet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Code that surely runs with a lock held: after `mu.lock()` as a resource or a statement, up to the first statement that
/// contains an `unlock`, or a call that may unlock.
///
/// @param lock the call that takes the lock
/// @param place the lock
/// @param statements the code, without the statement that takes the lock
/// @param isResource whether `lock` is a resource of a `try` statement
/// @param end the statement that contains the `unlock` or such a call, or null if none follows
record Section(
        Call lock, Place place, List<StatementTree> statements, boolean isResource, @Nullable StatementTree end) {
    /// Returns whether the lock is held for reading.
    boolean isRead() {
        return lock.name().equals("rLock");
    }

    /// Returns the sections of a class.
    static List<Section> in(Source source) {
        var all = new ArrayList<Section>();
        for (Call call : source.calls(Api.LOCK, "lock", "rLock")) {
            Section section = after(source, call);
            if (section != null) all.add(section);
        }
        return all;
    }

    /// Returns the section that `lock` begins, or null if it is not clear what is locked.
    static @Nullable Section after(Source source, Call lock) {
        Place place = source.receiver(lock);
        if (place == null || Place.isOfOuter(lock.receiver())) return null;
        TreePath parent = Syntax.parent(lock.path());
        if (parent.getLeaf() instanceof VariableTree && parent.getParentPath().getLeaf() instanceof TryTree tree) {
            return of(source, lock, place, tree.getBlock().getStatements(), true);
        }
        if (parent.getLeaf() instanceof ExpressionStatementTree) {
            return of(source, lock, place, Syntax.following(parent), false);
        }
        return null;
    }

    private static Section of(
            Source source, Call lock, Place place, List<? extends StatementTree> code, boolean isResource) {
        var held = new ArrayList<StatementTree>();
        for (StatementTree statement : code) {
            if (!unlocks(source, lock, place, statement)) {
                held.add(statement);
                continue;
            }
            if (statement instanceof TryTree tree && unlocks(source, lock, place, tree.getFinallyBlock())) {
                for (StatementTree inner : tree.getBlock().getStatements()) {
                    if (unlocks(source, lock, place, inner)) break;
                    held.add(inner);
                }
            }
            return new Section(lock, place, held, isResource, statement);
        }
        return new Section(lock, place, held, isResource, null);
    }

    /// Returns whether `tree` contains an unlock of `place` that fits `lock`, or a call that may unlock.
    static boolean unlocks(Source source, Call lock, Place place, @Nullable Tree tree) {
        return Syntax.any(tree, node -> isUnlock(source, lock, place, node));
    }

    /// Returns whether `node` is an unlock of `place` that fits `lock`, or a call that may unlock.
    static boolean isUnlock(Source source, Call lock, Place place, Tree node) {
        Call call = source.call(node);
        if (call != null) return call.is(lock.api(), unlock(lock)) && place.equals(source.receiver(call));
        return mayUnlock(source, lock, place, node);
    }

    /// Returns whether `node` passes the lock to a method, or calls a method of this class that unlocks before it locks.
    private static boolean mayUnlock(Source source, Call lock, Place place, Tree node) {
        TreePath path = source.invocation(node);
        if (path == null) return false;
        for (Tree argument : ((MethodInvocationTree) node).getArguments()) {
            if (place.equals(source.place(new TreePath(path, argument)))) return true;
        }
        for (Call call : source.callsIn(source.calledBody(node))) {
            if (isOn(source, call, lock.api(), place)) return call.name().equals(unlock(lock));
        }
        return false;
    }

    /// Returns whether `node` calls a method of this class that locks the lock.
    static boolean mayLock(Source source, Call lock, Place place, Tree node) {
        return source.callsIn(source.calledBody(node)).stream()
                .anyMatch(call -> isOn(source, call, lock.api(), place) && !call.name().equals(unlock(lock)));
    }

    /// Returns whether `call` is a call on the variable that holds the lock, perhaps of another object.
    private static boolean isOn(Source source, Call call, Api api, Place place) {
        Place other = source.place(call.receiver());
        return call.api() == api && other != null && other.last().equals(place.last());
    }

    /// Returns the name of the method that undoes `lock`.
    static String unlock(Call lock) {
        return switch (lock.name()) {
            case "rLock" -> "rUnlock";
            case "acquire" -> "release";
            default -> "unlock";
        };
    }

    /// Returns whether the section has no code.
    boolean isEmpty() {
        return statements.stream().allMatch(s -> s instanceof BlockTree block && block.getStatements().isEmpty());
    }
}
