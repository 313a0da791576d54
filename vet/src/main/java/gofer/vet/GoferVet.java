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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
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
        var only = new ArrayList<String>();
        var with = new ArrayList<String>();
        boolean onlyWarn = false;
        try {
            for (String option : options) {
                if (option.startsWith("only=")) only.addAll(names(option));
                else if (option.startsWith("with=")) with.addAll(names(option));
                else if (option.equals("warn")) onlyWarn = true;
                else throw new IllegalArgumentException("there is no option '" + option + "'");
            }
            Vet vet = (only.isEmpty() ? Vet.standard() : Vet.only(only)).with(with);
            task.addTaskListener(new Listener(task, vet, onlyWarn));
        } catch (IllegalArgumentException wrong) {
            task.addTaskListener(new Refusal(task, "-Xplugin:GoferVet: " + wrong.getMessage() + "; see docs/vet.md"));
        }
    }

    private static List<String> names(String option) {
        return Vet.names(option.substring(option.indexOf('=') + 1));
    }

    /// Reports a wrong option as an error in the first file. The compiler would print a stack trace for an exception of `init`.
    private static final class Refusal implements TaskListener {
        private final JavacTask task;
        private final String message;
        private boolean isPrinted;

        Refusal(JavacTask task, String message) {
            this.task = task;
            this.message = message;
        }

        @Override
        public void finished(TaskEvent event) {
            CompilationUnitTree unit = event.getCompilationUnit();
            if (isPrinted || unit == null) return;
            isPrinted = true;
            Trees.instance(task).printMessage(Diagnostic.Kind.ERROR, message, unit, unit);
        }
    }

    private static final class Listener implements TaskListener {
        private final JavacTask task;
        private final Vet vet;
        private final boolean onlyWarn;
        private final Set<JavaFileObject> generated = new HashSet<>();
        private boolean isBetweenRounds;

        Listener(JavacTask task, Vet vet, boolean onlyWarn) {
            this.task = task;
            this.vet = vet;
            this.onlyWarn = onlyWarn;
        }

        @Override
        public void started(TaskEvent event) {
            if (event.getKind() == TaskEvent.Kind.ANNOTATION_PROCESSING_ROUND) isBetweenRounds = false;
        }

        @Override
        public void finished(TaskEvent event) {
            switch (event.getKind()) {
                // The compiler parses the files that annotation processors generated before it starts the next round.
                case ANNOTATION_PROCESSING_ROUND -> isBetweenRounds = true;
                case ANNOTATION_PROCESSING -> isBetweenRounds = false;
                case PARSE -> {
                    if (isBetweenRounds) generated.add(event.getSourceFile());
                }
                case ANALYZE -> analyzed(event);
                default -> {}
            }
        }

        /// Checks a class when it is analyzed. Other classes of the file may not be analyzed yet, or be translated already.
        private void analyzed(TaskEvent event) {
            Element element = event.getTypeElement();
            if (element == null || generated.contains(event.getSourceFile())) return;
            Trees trees = Trees.instance(task);
            TreePath type = path(trees, event.getCompilationUnit(), element);
            if (type != null) vet.check(trees, type, (finding, place) -> print(trees, finding, place));
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
