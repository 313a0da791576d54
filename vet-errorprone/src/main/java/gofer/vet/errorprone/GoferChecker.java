package gofer.vet.errorprone;

import com.google.errorprone.BugPattern.SeverityLevel;
import com.google.errorprone.ErrorProneOptions;
import com.google.errorprone.ErrorProneOptions.Severity;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.ClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import gofer.vet.Finding;

/// Reports the findings of the check of `gofer.vet` that has the same name as the subclass.
///
/// Error Prone needs one class for each check, because the options `-Xep` choose among classes. A finding has the severity that
/// `gofer.vet` gives it, unless an option chooses another one.
abstract class GoferChecker extends BugChecker implements ClassTreeMatcher {
    @Override
    public final Description matchClass(ClassTree type, VisitorState state) {
        TreePath path = state.getPath();
        if (path.getParentPath().getLeaf() instanceof CompilationUnitTree)
            Analysis.of(state).check(path, canonicalName(), (finding, place) -> report(finding, place, state));
        return Description.NO_MATCH;
    }

    @SuppressWarnings("RestrictedApi") // overrideSeverity ignores the options of the user, so this method reads them
    private void report(Finding finding, TreePath place, VisitorState state) {
        // `gofer.vet` knows the name of the check only. In Error Prone, "all" and other annotations suppress it, too.
        for (Tree tree : place) if (isSuppressed(tree, state)) return;
        ErrorProneOptions options = state.errorProneOptions();
        Severity named = options.getSeverityMap().get(canonicalName());
        var severity = SeverityLevel.valueOf(finding.severity().name());
        if (named == null && severity == SeverityLevel.WARNING && options.isDisableAllWarnings()) return;
        var description = buildDescription(place.getLeaf()).setMessage(finding.message() + "\n" + finding.hint());
        boolean isChosen = named == null ? options.isDropErrorsToWarnings() : named != Severity.DEFAULT;
        if (!isChosen) description.overrideSeverity(severity);
        state.reportMatch(description.build());
    }
}
