package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/// Collects calls of Gofer and uses of variables in one pass over a class.
final class SourceScanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final Trees trees;
    private final Map<Tree, Call> calls = new LinkedHashMap<>();
    private final Map<Element, Variable> variables = new LinkedHashMap<>();
    private final Map<Element, TreePath> methods = new LinkedHashMap<>();
    private final Map<Element, Api> types = new HashMap<>(); // the result of Api.of by type
    private final Map<Element, List<Variable.Use>> early = new HashMap<>(); // uses before the declaration
    private @Nullable Tree body;

    SourceScanner(Trees trees) {
        this.trees = trees;
    }

    Map<Tree, Call> calls() {
        return calls;
    }

    Map<Element, Variable> variables() {
        return variables;
    }

    Map<Element, TreePath> methods() {
        return methods;
    }

    private void inBody(Tree tree, Runnable scan) {
        Tree outer = body;
        body = tree;
        scan.run();
        body = outer;
    }

    private Tree body() {
        Tree current = body;
        return current == null ? getCurrentPath().getLeaf() : current;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
        inBody(tree, () -> super.visitClass(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null) methods.put(element, getCurrentPath());
        inBody(tree, () -> super.visitMethod(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void none) {
        inBody(tree, () -> super.visitLambdaExpression(tree, null));
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void none) {
        TreePath path = getCurrentPath();
        if (trees.getElement(path) instanceof VariableElement element) {
            var variable = new Variable(element, path, body());
            variables.put(element, variable);
            var before = early.remove(element);
            if (before != null) before.forEach(variable::add);
        }
        return super.visitVariable(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void none) {
        use();
        return super.visitIdentifier(tree, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void none) {
        use();
        return super.visitMemberSelect(tree, null);
    }

    private void use() {
        TreePath path = getCurrentPath();
        if (!(trees.getElement(path) instanceof VariableElement element)) return;
        var use = new Variable.Use(path, body());
        Variable variable = variables.get(element);
        if (variable != null) variable.add(use);
        else if (element.getKind().isField()) early.computeIfAbsent(element, _ -> new ArrayList<>()).add(use);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void none) {
        TreePath path = getCurrentPath();
        if (trees.getElement(path) instanceof ExecutableElement method) {
            Api api = types.computeIfAbsent(method.getEnclosingElement(), Api::of);
            if (api != Api.NONE) calls.put(tree, new Call(path, api, method, body()));
        }
        return super.visitMethodInvocation(tree, null);
    }
}
