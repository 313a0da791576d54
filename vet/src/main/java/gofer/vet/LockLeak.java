package gofer.vet;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/// A lock, or a permit of a semaphore, that is not released, or not on each way out, or twice.
final class LockLeak extends Check {
    /// Types whose methods do not throw in practice.
    private static final Set<String> SAFE_TYPES =
            Set.of(
                    "java.io.PrintStream",
                    "java.lang.AbstractStringBuilder",
                    "java.lang.IO",
                    "java.lang.Math",
                    "java.lang.String",
                    "java.lang.StringBuilder",
                    "java.lang.System",
                    "java.lang.Thread");

    /// Methods of collections that do not throw in practice.
    private static final Set<String> SAFE_METHODS =
            Set.of(
                    "add",
                    "addLast",
                    "clear",
                    "contains",
                    "containsKey",
                    "get",
                    "getOrDefault",
                    "isEmpty",
                    "offer",
                    "peek",
                    "poll",
                    "put",
                    "remove",
                    "size");

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
        if (variable == null || !place.isDirect() || !isConfined(source, variable)) return false;
        String unlock = Section.unlock(lock);
        for (Variable.Use use : variable.uses()) {
            if (mayUnlock(source, use, unlock)) return false;
        }
        reporter.report(
                lock.path(),
                "`%s` is locked here, and nothing calls `%s`".formatted(place, unlock),
                HINT.formatted(lock.tree()));
        return true;
    }

    /// Returns whether all code that can unlock is in this file.
    private static boolean isConfined(Source source, Variable variable) {
        if (variable.isConfined()) return true;
        return variable.isField() && source.isCompact();
    }

    private static boolean mayUnlock(Source source, Variable.Use use, String unlock) {
        Call call = source.callOn(use);
        if (call != null) return call.is(call.api(), unlock, "rLocker");
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
        TreePath path = section.lock().path();
        while (!(path.getLeaf() instanceof TryTree)) path = path.getParentPath();
        var block = ((TryTree) path.getLeaf()).getBlock();
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
        String name = Section.unlock(section.lock());
        for (StatementTree statement : section.statements()) {
            for (Tree node : Syntax.all(statement, ReturnTree.class::isInstance)) {
                if (!reported.add(node)) continue;
                reporter.report(
                        path(section, node),
                        "this leaves the method with `%s` locked".formatted(section.place()),
                        HINT.formatted(section.lock().tree()));
                return;
            }
        }
        boolean isDirect =
                end instanceof ExpressionStatementTree statement
                        && source.call(statement.getExpression()) instanceof Call call
                        && call.name().equals(name);
        if (Source.isInTest(section.lock().path())) return; // which fails anyway
        if (!isDirect || section.statements().stream().noneMatch(s -> canThrow(source, section, s))) return;
        reporter.report(
                Severity.WARNING,
                section.lock().path(),
                "`%s` stays locked if the code up to `%s` throws".formatted(section.place(), name),
                HINT.formatted(section.lock().tree()));
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

    /// Divisions throw, and calls, except those that do not throw in practice.
    private static boolean canThrow(Source source, Section section, StatementTree statement) {
        return Syntax.any(
                statement,
                node ->
                        node instanceof ThrowTree
                                || node instanceof BinaryTree binary
                                        && binary.getKind() == Tree.Kind.DIVIDE
                                        && !(Syntax.strip(binary.getRightOperand()) instanceof LiteralTree)
                                || node instanceof MethodInvocationTree
                                        && source.call(node) == null
                                        && !isSafe(source, path(section, node)));
    }

    private static boolean isSafe(Source source, TreePath call) {
        if (!(source.trees().getElement(call) instanceof ExecutableElement method)) return true;
        if (method.getKind() != ElementKind.METHOD || isAccessor(method)) return true;
        if (!(method.getEnclosingElement() instanceof TypeElement type)) return true;
        String owner = type.getQualifiedName().toString();
        return owner.startsWith("gofer.")
                || owner.startsWith("java.util.concurrent.atomic.")
                || SAFE_TYPES.contains(owner)
                || owner.startsWith("java.util.") && SAFE_METHODS.contains(method.getSimpleName().toString());
    }

    /// Returns whether `method` only reads a component of a record.
    private static boolean isAccessor(ExecutableElement method) {
        return method.getEnclosingElement() instanceof TypeElement type
                && type.getKind() == ElementKind.RECORD
                && method.getParameters().isEmpty();
    }
}
