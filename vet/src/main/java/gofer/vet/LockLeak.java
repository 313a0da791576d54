package gofer.vet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A lock, or a permit of a semaphore, that is not released, or not on each way out, or twice.
final class LockLeak extends Check {
    private static final String HINT = "Lock in a `try` statement, which unlocks at the end: `try (var _ = %s)`.";

    LockLeak() {
        super(Severity.ERROR, "a lock is not released, or not after an exception, or twice");
    }

    @Override
    void run(Source source, Reporter reporter) {
        var reported = new HashSet<Tree>();
        var users = new HashMap<Variable, Users>();
        for (Call call : source.calls()) {
            if (call.is(Api.LOCK, "unlock")) checkUnlock(source, reporter, call);
            if (!call.is(Api.LOCK, "lock", "rLock") && !call.is(Api.WEIGHTED, "acquire")) continue;
            Section section = Section.after(source, call);
            if (section == null) checkResult(source, reporter, call);
            else if (section.isResource()) checkResource(source, reporter, section);
            else if (!checkNever(source, reporter, call, section.place())) {
                checkWaysOut(source, reporter, section, reported, users);
            }
        }
    }

    /// Reports `var held = mu.lock();` if nothing uses `held` and nothing unlocks.
    private static void checkResult(Source source, Reporter reporter, Call lock) {
        TreePath parent = Syntax.parent(lock.path());
        Place place = source.receiver(lock);
        if (!(parent.getLeaf() instanceof VariableTree) || place == null) return;
        Variable held = source.declared(parent);
        if (held == null || held.isLocal() && held.uses().isEmpty()) checkNever(source, reporter, lock, place);
    }

    /// Reports the second of two unlocks that follow each other.
    private static void checkUnlock(Source source, Reporter reporter, Call unlock) {
        Place place = source.receiver(unlock);
        if (place == null || Source.isInTest(unlock.path())) return;
        TreePath receiver = unlock.receiver();
        if (receiver == null || Api.is(source.trees().getTypeMirror(receiver), "gofer.sync.Locker")) return;
        TreePath statement = Syntax.parent(unlock.path());
        if (!(statement.getLeaf() instanceof ExpressionStatementTree) || Place.isOfOuter(receiver)) return;
        List<? extends StatementTree> following = Syntax.following(statement);
        if (following.isEmpty()
                || !(following.getFirst() instanceof ExpressionStatementTree next)
                || !(source.call(next.getExpression()) instanceof Call again)
                || !again.is(Api.LOCK, "unlock")
                || Place.isOfOuter(again.receiver())
                || !place.equals(source.receiver(again))) return;
        reporter.report(again.path(), "`%s` is unlocked already".formatted(place), "Remove this `unlock`.");
    }

    /// Reports `lock` if nothing unlocks. Returns whether it has reported.
    private static boolean checkNever(Source source, Reporter reporter, Call lock, Place place) {
        Variable variable = source.variable(place.last());
        if (variable == null || !place.isDirect() || Source.isInTest(lock.path())) return false;
        if (!isNew(variable) || !isConfined(source, variable)) return false;
        boolean isPermit = lock.api() == Api.WEIGHTED;
        boolean isLast = Syntax.following(Syntax.parent(lock.path())).isEmpty();
        if (variable.isField() && (isPermit || isLast)) return false; // a quota, or closed for good
        String unlock = Section.unlock(lock);
        for (Variable.Use use : variable.uses()) {
            Call call = source.callOn(use);
            if (call == null ? isPassedOn(source, use) : call.is(call.api(), unlock, "rLocker")) return false;
        }
        reporter.report(
                variable.isField() || isPermit ? Severity.WARNING : Severity.ERROR,
                lock.path(),
                "`%s` is locked here, and nothing calls `%s`".formatted(place, unlock),
                HINT.formatted(lock.tree()));
        return true;
    }

    /// Returns whether the variable always has the lock that it is declared with.
    private static boolean isNew(Variable variable) {
        return variable.isStable() && variable.initializer() instanceof NewClassTree;
    }

    /// Returns whether all code that can unlock is in this file.
    private static boolean isConfined(Source source, Variable variable) {
        if (variable.isConfined()) return true;
        return variable.isField() && source.isCompact();
    }

    /// Returns whether code that does not name the variable may unlock.
    private static boolean isPassedOn(Source source, Variable variable) {
        return variable.uses().stream().anyMatch(use -> source.callOn(use) == null && isPassedOn(source, use));
    }

    private static boolean isPassedOn(Source source, Variable.Use use) {
        if (Variable.isWrite(use.path())) return false;
        TreePath parent = Syntax.parent(use.path());
        if (parent.getLeaf() instanceof MemberReferenceTree reference)
            return !reference.getName().toString().matches("lock|rLock");
        return !(parent.getLeaf() instanceof NewClassTree tree
                && Api.of(source.trees().getTypeMirror(new TreePath(parent, tree.getIdentifier()))) == Api.COND);
    }

    /// Reports an unlock within `try (var _ = mu.lock())`.
    private static void checkResource(Source source, Reporter reporter, Section section) {
        if (section.end() == null || section.lock().api() != Api.LOCK) return;
        Variable variable = source.variable(section.place().last());
        if (variable == null || isPassedOn(source, variable)) return;
        TreePath path = section.lock().path();
        while (!(path.getLeaf() instanceof TryTree)) path = path.getParentPath();
        var block = ((TryTree) path.getLeaf()).getBlock();
        if (Syntax.any(block, node -> Section.mayLock(source, section.lock(), section.place(), node))) return;
        List<Call> calls =
                source.callsIn(block).stream()
                        .filter(call -> call.api() == Api.LOCK && section.place().equals(source.receiver(call)))
                        .toList();
        if (calls.size() != 1) return; // it locks again, or unlocks on several ways
        reporter.report(
                calls.getFirst().path(),
                "`%s` is unlocked here, and again at the end of the `try` statement".formatted(section.place()),
                "Remove this `unlock`.");
    }

    private static void checkWaysOut(
            Source source, Reporter reporter, Section section, Set<Tree> reported, Map<Variable, Users> users) {
        StatementTree end = section.end();
        if (end == null || end instanceof TryTree || isUnlockedInFinally(source, section)) return;
        for (StatementTree statement : section.statements()) {
            for (Tree node : Syntax.all(statement, ReturnTree.class::isInstance)) {
                if (!reported.add(node)) continue;
                checkReturn(source, reporter, section, node, users);
                return;
            }
        }
        String name = Section.unlock(section.lock());
        boolean isDirect =
                end instanceof ExpressionStatementTree statement
                        && source.call(statement.getExpression()) instanceof Call call
                        && call.name().equals(name);
        if (Source.isInTest(section.lock().path())) return; // which fails anyway
        if (!isDirect || section.statements().stream().noneMatch(s -> Throwing.canThrow(source, s))) return;
        reporter.report(
                Severity.WARNING,
                section.lock().path(),
                "`%s` stays locked if the code up to `%s` throws".formatted(section.place(), name),
                HINT.formatted(section.lock().tree()));
    }

    /// Reports `tree`, which returns with the lock held, unless code elsewhere may unlock for it.
    private static void checkReturn(
            Source source, Reporter reporter, Section section, Tree tree, Map<Variable, Users> users) {
        Variable variable = source.variable(section.place().last());
        if (variable == null || !section.place().isDirect()) return;
        Users all = users.computeIfAbsent(variable, v -> users(source, v));
        if (all.isPassedOn() || !all.locking().containsAll(all.unlocking())) return;
        boolean isOnly = isNew(variable) && isConfined(source, variable) && all.unlocking().size() == 1;
        reporter.report(
                isOnly ? Severity.ERROR : Severity.WARNING,
                path(section, tree),
                "this leaves the method with `%s` locked".formatted(section.place()),
                HINT.formatted(section.lock().tree()));
    }

    /// The methods and lambdas that use a lock.
    private record Users(boolean isPassedOn, Set<Tree> locking, Set<Tree> unlocking) {}

    private static Users users(Source source, Variable variable) {
        var locking = new HashSet<Tree>();
        var unlocking = new HashSet<Tree>();
        for (Variable.Use use : variable.uses()) {
            Call call = source.callOn(use);
            if (call == null) continue;
            switch (call.name()) {
                case "unlock", "rUnlock", "release" -> unlocking.add(use.body());
                default -> locking.add(use.body());
            }
        }
        return new Users(isPassedOn(source, variable), locking, unlocking);
    }

    private static boolean isUnlockedInFinally(Source source, Section section) {
        for (TreePath p = section.lock().path(); !Syntax.isBody(p.getLeaf()); p = p.getParentPath()) {
            if (p.getLeaf() instanceof TryTree tree
                    && Section.unlocks(source, section.lock(), section.place(), tree.getFinallyBlock())) return true;
        }
        return false;
    }

    private static TreePath path(Section section, Tree node) {
        TreePath start = section.lock().path();
        while (!Syntax.isBody(start.getLeaf())) start = start.getParentPath();
        TreePath found = TreePath.getPath(start, node);
        return found == null ? section.lock().path() : found;
    }
}
