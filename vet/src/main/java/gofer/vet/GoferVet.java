package gofer.vet;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Plugin;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/// The plugin for javac: `-Xplugin:GoferVet`. It reports findings as errors and warnings of the compiler.
///
/// Options: `only=A,B` runs these checks only, `with=A,B` adds checks, `warn` reports errors as warnings:
/// `"-Xplugin:GoferVet with=CtxDropped warn"`.
public final class GoferVet implements Plugin {
    /// Creates the plugin. The compiler calls it.
    public GoferVet() {}

    @Override
    public String getName() {
        return "GoferVet";
    }

    @Override
    public void init(JavacTask task, String... options) {
        Vet vet = Vet.standard();
        boolean onlyWarn = false;
        for (String option : options) {
            if (option.startsWith("only=")) vet = Vet.only(names(option));
            else if (option.startsWith("with=")) vet = vet.with(names(option));
            else if (option.equals("warn")) onlyWarn = true;
            else throw new IllegalArgumentException("GoferVet has no option '" + option + "'; see docs/vet.md");
        }
        task.addTaskListener(new Listener(task, vet, onlyWarn));
    }

    private static List<String> names(String option) {
        return List.of(option.substring(option.indexOf('=') + 1).split(","));
    }

    private record Listener(JavacTask task, Vet vet, boolean onlyWarn) implements TaskListener {
        /// Checks a class when it is analyzed. Other classes of the file may not be analyzed yet, or be translated already.
        @Override
        public void finished(TaskEvent event) {
            Element element = event.getTypeElement();
            if (event.getKind() != TaskEvent.Kind.ANALYZE || element == null) return;
            Trees trees = Trees.instance(task);
            TreePath type = path(trees, event.getCompilationUnit(), element);
            if (type != null) vet.run(trees, type, (finding, place) -> print(trees, finding, place));
        }

        private static @Nullable TreePath path(Trees trees, @Nullable CompilationUnitTree unit, Element element) {
            if (unit == null) return null;
            for (Tree type : unit.getTypeDecls()) {
                if (!(type instanceof ClassTree)) continue;
                TreePath path = new TreePath(new TreePath(unit), type);
                if (element.equals(trees.getElement(path))) return path;
            }
            return null;
        }

        private void print(Trees trees, Finding finding, TreePath place) {
            var kind =
                    finding.severity() == Severity.ERROR && !onlyWarn ? Diagnostic.Kind.ERROR : Diagnostic.Kind.WARNING;
            String text = "[" + finding.check() + "] " + finding.message() + "\n    " + finding.hint();
            trees.printMessage(kind, text, place.getLeaf(), place.getCompilationUnit());
        }
    }
}
