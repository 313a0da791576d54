package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.function.BiConsumer;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/// Turns what a check reports into findings, unless `@SuppressWarnings` with its name is on a declaration around it.
final class Reporter {
    private final Source source;
    private final Check check;
    private final BiConsumer<Finding, TreePath> findings;

    Reporter(Source source, Check check, BiConsumer<Finding, TreePath> findings) {
        this.source = source;
        this.check = check;
        this.findings = findings;
    }

    /// Reports `place` with the default severity.
    void report(TreePath place, String message, String hint) {
        report(check.severity(), place, message, hint);
    }

    void report(Severity severity, TreePath place, String message, String hint) {
        if (isSuppressed(place)) return;
        var unit = source.unit();
        long position = source.trees().getSourcePositions().getStartPosition(unit, place.getLeaf());
        var lines = unit.getLineMap();
        long line = position < 0 ? 1 : lines.getLineNumber(position);
        long column = position < 0 ? 1 : position - lines.getStartPosition(line) + 1; // a tab is one character
        var file = unit.getSourceFile().toUri();
        findings.accept(new Finding(file, line, column, check.name(), severity, message, hint), place);
    }

    private boolean isSuppressed(TreePath place) {
        for (TreePath path = place; path != null; path = path.getParentPath()) {
            ModifiersTree modifiers = modifiers(path.getLeaf());
            if (modifiers == null || modifiers.getAnnotations().isEmpty()) continue;
            Element element = source.trees().getElement(path);
            if (element != null && element.getAnnotationMirrors().stream().anyMatch(this::suppresses)) return true;
        }
        return false;
    }

    private static @Nullable ModifiersTree modifiers(Tree tree) {
        return switch (tree) {
            case ClassTree type -> type.getModifiers();
            case MethodTree method -> method.getModifiers();
            case VariableTree variable -> variable.getModifiers();
            default -> null;
        };
    }

    private boolean suppresses(AnnotationMirror annotation) {
        return ((TypeElement) annotation.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals("java.lang.SuppressWarnings")
                && annotation.getElementValues().values().stream().anyMatch(this::names);
    }

    private boolean names(AnnotationValue value) {
        return value.getValue() instanceof List<?> values
                && values.stream()
                        .anyMatch(v -> v instanceof AnnotationValue name && check.name().equals(name.getValue()));
    }
}
