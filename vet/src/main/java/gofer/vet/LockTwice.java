package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// A lock that is taken while the same goroutine holds it. Gofer's locks are not reentrant, as Go's are not. Follows calls into
/// methods of the class that no subclass overrides, one level deep.
final class LockTwice extends Check {
    LockTwice() {
        super(Severity.ERROR, "a goroutine locks what it has locked already");
    }

    @Override
    void run(Source source, Reporter reporter) {
        var reported = new HashSet<Tree>();
        var semaphores = new HashMap<VariableElement, Boolean>();
        for (Section section : source.sections()) {
            if (isView(source, section.lock())) continue;
            if (semaphores.computeIfAbsent(section.place().last(), lock -> isSemaphore(source, lock))) continue;
            checkResources(source, reporter, section, reported);
            for (StatementTree statement : section.statements()) check(source, reporter, section, statement, reported);
            if (!(section.end() instanceof TryTree)) checkUpToUnlock(source, reporter, section, reported);
        }
    }

    /// Checks the other resources of the same `try` statement.
    private static void checkResources(Source source, Reporter reporter, Section section, Set<Tree> reported) {
        TreePath parent = Syntax.parent(section.lock().path());
        if (!section.isResource() || !(parent.getParentPath().getLeaf() instanceof TryTree tree)) return;
        List<? extends Tree> resources = tree.getResources();
        for (Tree next : resources.subList(resources.indexOf(parent.getLeaf()) + 1, resources.size())) {
            if (Section.unlocks(source, section.lock(), section.place(), next)) return;
            for (Call call : source.callsIn(next)) {
                if (locks(source, call, section.place()) && reported.add(call.tree()))
                    report(reporter, section, call, call.path(), "");
            }
        }
    }

    /// Checks the part of the statement that unlocks which comes before the unlock.
    private static void checkUpToUnlock(Source source, Reporter reporter, Section section, Set<Tree> reported) {
        for (Tree node : Syntax.all(section.end(), MethodInvocationTree.class::isInstance)) {
            if (Section.isUnlock(source, section.lock(), section.place(), node)) return;
            Call call = source.call(node);
            if (call != null && locks(source, call, section.place()) && reported.add(node))
                report(reporter, section, call, call.path(), "");
        }
    }

    /// Returns whether a goroutine that does not lock unlocks, as a semaphore is used.
    private static boolean isSemaphore(Source source, VariableElement lock) {
        Variable variable = source.variable(lock);
        if (variable == null) return false;
        for (Variable.Use use : variable.uses()) {
            if (Syntax.parent(use.path()).getLeaf() instanceof MemberReferenceTree) return true;
            Call unlock = source.callOn(use);
            if (unlock == null || !unlock.is(Api.LOCK, "unlock", "rUnlock")) continue;
            if (!source.calls(unlock.body(), Api.LOCK, "lock", "rLock", "tryLock", "tryRLock")) return true;
        }
        return false;
    }

    /// Returns whether the lock is used as a `Locker`, which may lock for reading.
    private static boolean isView(Source source, Call lock) {
        TreePath receiver = lock.receiver();
        return receiver == null || Api.is(source.trees().getTypeMirror(receiver), "gofer.sync.Locker");
    }

    private static void check(
            Source source, Reporter reporter, Section section, StatementTree statement, Set<Tree> reported) {
        for (Tree node : Syntax.all(statement, MethodInvocationTree.class::isInstance)) {
            Call call = source.call(node);
            if (call != null) {
                if (locks(source, call, section.place()) && reported.add(node))
                    report(reporter, section, call, call.path(), "");
                continue;
            }
            if (!isOnThis((MethodInvocationTree) node)) continue;
            TreePath path = source.invocation(node);
            if (path == null) continue;
            Call inner = lockIn(source, source.called(node), section);
            if (inner != null && reported.add(node))
                report(reporter, section, inner, path, "`" + ((MethodInvocationTree) node).getMethodSelect() + "` ");
        }
    }

    private static boolean locks(Source source, Call call, Place place) {
        return call.is(Api.LOCK, "lock", "rLock")
                && place.equals(source.receiver(call))
                && !Place.isOfOuter(call.receiver());
    }

    private static void report(Reporter reporter, Section section, Call again, TreePath place, String who) {
        boolean isReadTwice = section.isRead() && again.name().equals("rLock");
        String what = who.isEmpty() ? "this locks" : who + "locks";
        String held = section.isRead() ? "for reading " : "";
        if (isReadTwice) {
            reporter.report(
                    Severity.WARNING,
                    place,
                    "%s `%s` for reading again, which deadlocks if a writer waits in between"
                            .formatted(what, section.place()),
                    "Lock once, around all of the code.");
        } else {
            reporter.report(
                    place,
                    "%s `%s`, which this goroutine has locked %salready: it waits for itself forever"
                            .formatted(what, section.place(), held),
                    section.isRead()
                            ? "A read lock cannot become a write lock. Unlock first, or lock for writing at once."
                            : "Locks are not reentrant. Move the code into a method that expects the lock to be held.");
        }
    }

    private static boolean isOnThis(MethodInvocationTree call) {
        return call.getMethodSelect() instanceof IdentifierTree
                || call.getMethodSelect() instanceof MemberSelectTree select
                        && select.getExpression() instanceof IdentifierTree name
                        && name.getName().contentEquals("this");
    }

    /// Returns the call in `method` that surely locks what `section` has locked, or null.
    private static @Nullable Call lockIn(Source source, @Nullable ExecutableElement method, Section section) {
        Place place = section.place();
        if (!place.last().getKind().isField() || !place.isDirect()) return null;
        TreePath path = source.method(method);
        if (path == null || method == null || !isFixed(method)) return null;
        if (type(path) != type(section.lock().path())) return null; // perhaps another object's lock
        var body = ((MethodTree) path.getLeaf()).getBody();
        if (body == null) return null;
        for (StatementTree statement : body.getStatements()) {
            Tree first = statement instanceof TryTree tree ? resources(tree) : statement;
            if (first != null && !(first instanceof ClassTree)) {
                for (Tree node : Syntax.all(first, MethodInvocationTree.class::isInstance)) {
                    if (Section.isUnlock(source, section.lock(), place, node)) return null;
                    Call call = source.call(node);
                    if (call == null) continue;
                    boolean isPlain = Syntax.enclosing(call.path().getParentPath(), LockTwice::isConditional) == null;
                    if (isPlain && locks(source, call, place)) return call;
                }
            }
            if (Syntax.leaves(statement) || Section.unlocks(source, section.lock(), place, statement)) return null;
        }
        return null;
    }

    /// Returns the class around `path`.
    private static @Nullable Tree type(TreePath path) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof ClassTree) return p.getLeaf();
        }
        return null;
    }

    private static @Nullable Tree resources(TryTree tree) {
        return tree.getResources().isEmpty() ? tree.getBlock() : tree.getResources().getFirst();
    }

    private static boolean isConditional(Tree tree) {
        return switch (tree.getKind()) {
            case IF, SWITCH, SWITCH_EXPRESSION, CONDITIONAL_EXPRESSION, CONDITIONAL_AND, CONDITIONAL_OR, FOR_LOOP ->
                    true;
            case ENHANCED_FOR_LOOP, WHILE_LOOP, CATCH -> true;
            default -> false;
        };
    }

    private static boolean isFixed(ExecutableElement method) {
        Set<Modifier> modifiers = method.getModifiers();
        return modifiers.contains(Modifier.PRIVATE)
                || modifiers.contains(Modifier.FINAL)
                || modifiers.contains(Modifier.STATIC)
                || method.getEnclosingElement() instanceof TypeElement type
                        && (type.getModifiers().contains(Modifier.FINAL) || type.getKind() == ElementKind.RECORD);
    }
}
