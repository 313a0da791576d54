package gofer.vet;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.TypeMirror;

/// A lock that keeps no goroutine out: only one call can reach it, it is replaced, or all its sections are empty.
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
        for (var sections : source.sections().stream().collect(groupingBy(Section::place)).entrySet()) {
            checkSections(source, reporter, sections.getKey(), sections.getValue());
        }
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
        Set<Modifier> modifiers = variable.element().getModifiers();
        if (modifiers.contains(Modifier.FINAL) || modifiers.contains(Modifier.TRANSIENT)) return;
        if (variable.element().getKind() == ElementKind.ENUM_CONSTANT) return;
        Variable.Use replaced = null;
        boolean isLocked = false;
        for (Variable.Use use : variable.uses()) {
            if (Variable.isWrite(use.path()) && isOfNewObject(use.path())) return;
            if (Variable.isWrite(use.path()) && !isInConstructor(use.path())) replaced = use;
            Call call = source.callOn(use);
            isLocked |= call != null && call.is(Api.LOCK, "lock", "rLock", "tryLock", "tryRLock");
        }
        String hint = "Declare `" + variable.name() + "` as final.";
        if (replaced != null && isLocked && variable.initializer() != null) {
            reporter.report(
                    Severity.WARNING,
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

    /// Returns whether `path` is a field of another object, as in `clone`: `copy.mu`.
    private static boolean isOfNewObject(TreePath path) {
        return path.getLeaf() instanceof MemberSelectTree select
                && !(select.getExpression() instanceof IdentifierTree name && name.getName().contentEquals("this"));
    }

    /// Reports the sections of a lock that are empty, unless code elsewhere may hold the lock: an empty section waits for that
    /// code.
    private static void checkSections(Source source, Reporter reporter, Place place, List<Section> sections) {
        Variable variable = source.variable(place.last());
        if (variable == null || !place.isDirect() || !(variable.initializer() instanceof NewClassTree)) return;
        if (!variable.isConfined() && !source.isCompact()) return;
        if (!sections.stream().allMatch(section -> isUnlockedAtOnce(source, section))) return;
        Set<Call> locks = sections.stream().map(Section::lock).collect(toSet());
        for (Variable.Use use : variable.uses()) {
            Call call = source.callOn(use);
            if (call == null || !locks.contains(call) && !call.is(Api.LOCK, "unlock", "rUnlock")) return;
        }
        for (Section section : sections) {
            if (Source.isInTest(section.lock().path())) continue;
            reporter.report(
                    Severity.WARNING,
                    section.lock().path(),
                    "`" + section.place() + "` is unlocked at once, so it guards no code",
                    "Move the code that it guards into the section, or remove the lock.");
        }
    }

    private static boolean isUnlockedAtOnce(Source source, Section section) {
        if (!section.isEmpty()) return false;
        if (!section.isResource())
            return section.end() instanceof ExpressionStatementTree end
                    && source.call(end.getExpression()) instanceof Call;
        return section.end() == null
                && Syntax.parent(section.lock().path()).getParentPath().getLeaf() instanceof TryTree tree
                && tree.getResources().size() == 1;
    }
}
