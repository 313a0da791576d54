package gofer.vet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.TreePath;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/// A lock that keeps no goroutine out: only one call can reach it, it is replaced, or its section is empty.
///
/// **Go:** staticcheck's SA2001 for empty sections.
final class LockGuardsNothing extends Check {
    LockGuardsNothing() {
        super(Severity.ERROR, "a lock keeps no other goroutine out");
    }

    @Override
    void run(Source source, Reporter reporter) {
        for (Variable variable : source.variables()) {
            if (!isLock(variable.element().asType())) continue;
            if (variable.isField()) checkField(source, reporter, variable);
            else if (variable.isLocal()) checkLocal(source, reporter, variable);
        }
        for (Section section : source.sections()) checkSection(source, reporter, section);
    }

    private static boolean isLock(TypeMirror type) {
        return Api.is(type, "gofer.sync.Mutex") || Api.is(type, "gofer.sync.RWMutex");
    }

    private static void checkLocal(Source source, Reporter reporter, Variable variable) {
        if (!(variable.initializer() instanceof NewClassTree)) return;
        boolean isLocked = false;
        for (Variable.Use use : variable.uses()) {
            Call call = source.callOn(use);
            if (call == null || use.body() != variable.body()) return; // shared, perhaps
            isLocked |= call.is(Api.LOCK, "lock", "rLock");
        }
        if (!isLocked || Source.isInTest(variable.declaration())) return;
        reporter.report(
                variable.declaration(),
                "`" + variable.name() + "` is new in each call, so no other goroutine can hold it",
                "Make it a final field, next to the data that it guards.");
    }

    private static void checkField(Source source, Reporter reporter, Variable variable) {
        if (variable.element().getModifiers().contains(Modifier.FINAL)) return;
        if (variable.element().getKind() == ElementKind.ENUM_CONSTANT) return;
        Variable.Use replaced = null;
        boolean isLocked = false;
        for (Variable.Use use : variable.uses()) {
            if (Variable.isWrite(use.path()) && !isInConstructor(use.path())) replaced = use;
            Call call = source.callOn(use);
            isLocked |= call != null && call.is(Api.LOCK, "lock", "rLock", "tryLock", "tryRLock");
        }
        String hint = "Declare `" + variable.name() + "` as final.";
        if (replaced != null && isLocked && variable.initializer() != null) {
            reporter.report(
                    replaced.path(),
                    "this replaces a lock: a goroutine that holds the old one does not keep others out",
                    hint);
        } else if (replaced == null && isLocked && !source.isCompact()) {
            reporter.report(
                    Severity.WARNING, variable.declaration(), "a lock that can be replaced guards nothing", hint);
        }
    }

    private static boolean isInConstructor(TreePath path) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof MethodTree method) return method.getReturnType() == null;
            if (Syntax.isBody(p.getLeaf())) return !(p.getLeaf() instanceof LambdaExpressionTree);
        }
        return false;
    }

    private static void checkSection(Source source, Reporter reporter, Section section) {
        boolean isClosed =
                section.isResource()
                        || section.end() instanceof ExpressionStatementTree end
                                && source.call(end.getExpression()) instanceof Call;
        if (!section.isEmpty() || !isClosed || section.isResource() && section.end() != null) return;
        if (Source.isInTest(section.lock().path()) || isBarrier(source, section)) return;
        reporter.report(
                Severity.WARNING,
                section.lock().path(),
                "`" + section.place() + "` is unlocked at once, so it guards no code",
                "Move the code that it guards into the section, or remove the lock.");
    }

    /// Returns whether the code locks the same lock also elsewhere, so that the empty section may wait for another goroutine.
    private static boolean isBarrier(Source source, Section section) {
        return source.calls(Api.LOCK, "lock", "rLock").stream()
                .anyMatch(call ->
                        call != section.lock()
                                && call.body() == section.lock().body()
                                && section.place().equals(source.receiver(call)));
    }
}
