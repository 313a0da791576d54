package gofer.vet;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// What the checks need of one top-level class: its calls of Gofer's API, its variables, and the goroutines that it starts.
final class Source {
    private final Trees trees;
    private final CompilationUnitTree unit;
    private final TreePath root;
    private final Map<Tree, Call> calls;
    private final Map<Element, Variable> variables;
    private final Map<Element, TreePath> methods;
    private final Map<Tree, Call> starts = new LinkedHashMap<>(); // by the lambda that a goroutine runs
    private @Nullable List<Section> sections;
    private @Nullable Map<Tree, TreePath> paths; // by node, made when first needed

    Source(Trees trees, TreePath root) {
        this.trees = trees;
        this.unit = root.getCompilationUnit();
        this.root = root;
        var scanner = new SourceScanner(trees);
        scanner.scan(root, null);
        this.calls = scanner.calls();
        this.variables = scanner.variables();
        this.methods = scanner.methods();
        for (Call call : calls.values()) {
            if (!call.startsGoroutine() || call.arguments().isEmpty()) continue;
            Tree last = Syntax.strip(call.arguments().getLast());
            if (last instanceof LambdaExpressionTree) starts.put(last, call);
        }
    }

    Trees trees() {
        return trees;
    }

    CompilationUnitTree unit() {
        return unit;
    }

    /// Returns the path of the class.
    TreePath root() {
        return root;
    }

    /// Returns whether this is the class of a compact source file, which no other file can name.
    boolean isCompact() {
        return root.getLeaf() instanceof ClassTree type
                && type.getModifiers().getFlags().contains(Modifier.FINAL)
                && trees.getSourcePositions().getStartPosition(unit, type.getModifiers()) < 0; // not in the file
    }

    Collection<Call> calls() {
        return calls.values();
    }

    /// Returns the calls of `names` of `type`.
    List<Call> calls(Api type, String... names) {
        var found = new ArrayList<Call>();
        for (Call call : calls.values()) {
            if (call.is(type, names)) found.add(call);
        }
        return found;
    }

    /// Returns the call of Gofer's API that `tree` is, or null.
    @Nullable Call call(Tree tree) {
        return calls.get(tree);
    }

    /// Returns whether `tree` contains a call of `names` of `type`. Does not look into lambdas and classes.
    boolean calls(@Nullable Tree tree, Api type, String... names) {
        return Syntax.any(tree, node -> calls.get(node) instanceof Call call && call.is(type, names));
    }

    Collection<Variable> variables() {
        return variables.values();
    }

    @Nullable Variable variable(@Nullable Element element) {
        return element == null ? null : variables.get(element);
    }

    /// Returns the variable that the declaration `path` declares.
    @Nullable Variable declared(TreePath path) {
        return variable(trees.getElement(path));
    }

    /// Returns the variable of this class that the expression `path` names, or null.
    @Nullable Variable variable(@Nullable TreePath path) {
        Place place = place(path);
        return place == null || !place.isDirect() ? null : variable(place.last());
    }

    /// Returns the call that starts `lambda` as a goroutine, or null.
    @Nullable Call start(Tree lambda) {
        return starts.get(lambda);
    }

    /// Returns all lambdas that run as goroutines, with the calls that start them.
    Map<Tree, Call> starts() {
        return starts;
    }

    /// Returns the lock sections of the class.
    List<Section> sections() {
        List<Section> known = sections;
        if (known == null) sections = known = Section.in(this);
        return known;
    }

    /// Returns the place that an expression names, or null if its value could change.
    @Nullable Place stable(@Nullable TreePath path) {
        Place place = place(path);
        if (place == null) return null;
        for (VariableElement v : place.variables()) {
            Variable variable = variable(v);
            boolean isStable = variable == null ? v.getModifiers().contains(Modifier.FINAL) : variable.isStable();
            if (!isStable) return null;
        }
        return place;
    }

    /// Returns the variables that an expression names, or null if it is not a variable or a field of one.
    @Nullable Place place(@Nullable TreePath path) {
        if (path == null) return null;
        return switch (path.getLeaf()) {
            case ParenthesizedTree tree -> place(new TreePath(path, tree.getExpression()));
            case IdentifierTree _ ->
                    trees.getElement(path) instanceof VariableElement v && !v.getSimpleName().contentEquals("this")
                            ? new Place(List.of(v))
                            : null;
            case MemberSelectTree select -> {
                if (!(trees.getElement(path) instanceof VariableElement v) || !v.getKind().isField()) yield null;
                TreePath owner = new TreePath(path, select.getExpression());
                if (isThis(select.getExpression())) yield new Place(List.of(v));
                if (trees.getElement(owner) instanceof VariableElement) {
                    Place outer = place(owner);
                    if (outer == null) yield null;
                    var all = new ArrayList<>(outer.variables());
                    all.add(v);
                    yield new Place(List.copyOf(all));
                }
                yield v.getModifiers().contains(Modifier.STATIC) ? new Place(List.of(v)) : null;
            }
            default -> null;
        };
    }

    private static boolean isThis(ExpressionTree tree) {
        return tree instanceof IdentifierTree name && name.getName().contentEquals("this")
                || tree instanceof MemberSelectTree outer && outer.getIdentifier().contentEquals("this");
    }

    /// Returns the place of the object that `call` is called on, or null if it could change.
    @Nullable Place receiver(Call call) {
        return stable(call.receiver());
    }

    /// Returns the call of Gofer's API on the variable in `use`, or null if the use is something else.
    @Nullable Call callOn(Variable.Use use) {
        TreePath parent = Syntax.parent(use.path());
        if (!(parent.getLeaf() instanceof MemberSelectTree)) return null;
        TreePath invocation = parent.getParentPath();
        return invocation.getLeaf() instanceof MethodInvocationTree tree && tree.getMethodSelect() == parent.getLeaf()
                ? calls.get(tree)
                : null;
    }

    /// Returns the call of Gofer's API that has the variable in `use` as an argument, or null.
    @Nullable Call callWith(Variable.Use use) {
        TreePath parent = Syntax.parent(use.path());
        return parent.getLeaf() instanceof MethodInvocationTree tree
                        && tree.getArguments().stream().anyMatch(a -> Syntax.strip(a) == use.path().getLeaf())
                ? calls.get(tree)
                : null;
    }

    /// Returns whether `use` is the collection of a loop `for (var x : use)`.
    static boolean isRange(Variable.Use use) {
        return Syntax.parent(use.path()).getLeaf() instanceof EnhancedForLoopTree loop
                && Syntax.strip(loop.getExpression()) == use.path().getLeaf();
    }

    /// Returns whether the value of the expression `path` is thrown away.
    boolean isDiscarded(TreePath path) {
        TreePath parent = Syntax.parent(path);
        if (parent.getLeaf() instanceof ExpressionStatementTree) return true;
        return parent.getLeaf() instanceof LambdaExpressionTree lambda
                && Syntax.strip(lambda.getBody()) == path.getLeaf()
                && returnsNothing(trees.getTypeMirror(parent));
    }

    private static boolean returnsNothing(@Nullable TypeMirror type) {
        return type != null && (Api.is(type, "gofer.goroutine.Body") || Api.is(type, "java.lang.Runnable"));
    }

    /// Returns the lambda around `path` that runs as a goroutine, or null. Stops at methods and classes.
    @Nullable TreePath goroutine(TreePath path) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (starts.containsKey(p.getLeaf())) return p;
            if (Syntax.isBody(p.getLeaf()) && !(p.getLeaf() instanceof LambdaExpressionTree)) return null;
        }
        return null;
    }

    /// Returns the path of a method that this class declares, or null.
    @Nullable TreePath method(@Nullable Element method) {
        return method == null ? null : methods.get(method);
    }

    /// Returns the path of the method call `tree`, or null if `tree` is something else.
    @Nullable TreePath invocation(Tree tree) {
        return tree instanceof MethodInvocationTree ? path(tree) : null;
    }

    /// Returns the method that the method call `tree` calls, or null.
    @Nullable ExecutableElement called(Tree tree) {
        TreePath path = invocation(tree);
        return path != null && trees.getElement(path) instanceof ExecutableElement method ? method : null;
    }

    /// Returns the body of the method that the method call `tree` calls, or null if this class does not declare the method.
    @Nullable BlockTree calledBody(Tree tree) {
        TreePath path = method(called(tree));
        return path == null ? null : ((MethodTree) path.getLeaf()).getBody();
    }

    /// Returns the calls of Gofer's API in `tree`, without those in lambdas and classes.
    List<Call> callsIn(@Nullable Tree tree) {
        var found = new ArrayList<Call>();
        for (Tree node : Syntax.all(tree, calls::containsKey)) {
            Call call = calls.get(node);
            if (call != null) found.add(call);
        }
        return found;
    }

    /// Returns the method around `path`, or null.
    static @Nullable MethodTree enclosingMethod(TreePath path) {
        for (TreePath p = path; p != null; p = p.getParentPath()) {
            if (p.getLeaf() instanceof MethodTree method) return method;
        }
        return null;
    }

    /// Returns whether `path` is in a method that a framework for tests calls.
    static boolean isInTest(TreePath path) {
        MethodTree method = enclosingMethod(path);
        return method != null
                && method.getModifiers().getAnnotations().stream()
                        .anyMatch(a -> a.getAnnotationType().toString().matches("(.*\\.)?(\\w*Test|TestFactory)"));
    }

    /// Returns whether `call` has a variable of this class as its receiver, and the variable is declared outside `lambda`.
    boolean isFromOutside(Call call, Tree lambda) {
        Place place = place(call.receiver());
        if (place == null) return false;
        Variable variable = variable(place.variables().getFirst());
        return variable == null || !Syntax.isInside(variable.declaration(), lambda);
    }

    /// Returns the path of a node of this class, or null.
    @Nullable TreePath path(Tree tree) {
        Map<Tree, TreePath> known = paths;
        if (known == null) {
            var all = new HashMap<Tree, TreePath>();
            new TreePathScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void scan(@Nullable Tree node, @Nullable Void none) {
                    if (node != null) all.put(node, new TreePath(getCurrentPath(), node));
                    return super.scan(node, null);
                }
            }.scan(root, null);
            paths = known = all;
        }
        return known.get(tree);
    }
}
