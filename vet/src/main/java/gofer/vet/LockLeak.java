package gofer.vet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.List;
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
        for (Call call : source.calls()) {
            if (!call.is(Api.LOCK, "lock", "rLock") && !call.is(Api.WEIGHTED, "acquire")) continue;
            Section section = Section.after(source, call);
            if (section == null) continue;
            if (section.isResource()) checkResource(source, reporter, section);
            else if (!checkNever(source, reporter, call, section.place())) {
                checkWaysOut(source, reporter, section, reported);
            }
        }
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

    private static void checkWaysOut(Source source, Reporter reporter, Section section, Set<Tree> reported) {
        StatementTree end = section.end();
        if (end == null || end instanceof TryTree || isUnlockedInFinally(source, section)) return;
        for (StatementTree statement : section.statements()) {
            for (Tree node : Syntax.all(statement, ReturnTree.class::isInstance)) {
                if (!reported.add(node)) continue;
                checkReturn(source, reporter, section, node);
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
    private static void checkReturn(Source source, Reporter reporter, Section section, Tree tree) {
        Variable variable = source.variable(section.place().last());
        if (variable == null || !section.place().isDirect() || isPassedOn(source, variable)) return;
        boolean isOnly = isNew(variable) && isConfined(source, variable);
        for (Variable.Use use : variable.uses()) {
            Call call = source.callOn(use);
            if (call == null || !call.is(call.api(), Section.unlock(section.lock()))) continue;
            if (call.body() == section.lock().body()) continue;
            if (!locks(source, call.body(), variable)) return;
            isOnly = false;
        }
        reporter.report(
                isOnly ? Severity.ERROR : Severity.WARNING,
                path(section, tree),
                "this leaves the method with `%s` locked".formatted(section.place()),
                HINT.formatted(section.lock().tree()));
    }

    /// Returns whether `body` locks the lock in `variable`.
    private static boolean locks(Source source, Tree body, Variable variable) {
        return variable.uses().stream()
                .anyMatch(use ->
                        use.body() == body
                                && source.callOn(use) instanceof Call call
                                && call.name().matches("lock|rLock|tryLock|tryRLock|acquire|tryAcquire"));
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
