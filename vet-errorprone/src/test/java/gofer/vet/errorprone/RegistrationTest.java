package gofer.vet.errorprone;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.BugCheckerInfo;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.BuiltInCheckerSuppliers;
import gofer.vet.Check;
import gofer.vet.Vet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Error Prone finds one class for each check of `gofer.vet`.
final class RegistrationTest {
    private static List<BugChecker> checkers() {
        return ServiceLoader.load(BugChecker.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(GoferChecker.class::isInstance)
                .toList();
    }

    @Test
    void eachCheckHasAClassWithItsNameSeverityAndDescription() {
        assertThat(checkers())
                .extracting(BugChecker::canonicalName, checker -> checker.defaultSeverity().name(), BugChecker::message)
                .containsExactlyElementsOf(
                        Vet.checks().stream()
                                .map(check -> tuple(check.name(), check.severity().name(), check.description()))
                                .toList());
    }

    @Test
    void errorProneHasNoCheckOfTheSameName() {
        Set<String> theirs =
                BuiltInCheckerSuppliers.allChecks().getAllChecks().values().stream()
                        .map(BugCheckerInfo::allNames)
                        .flatMap(Set::stream)
                        .collect(toSet());
        assertThat(theirs)
                .contains("WaitNotInLoop")
                .doesNotContainAnyElementsOf(Vet.checks().stream().map(Check::name).toList());
    }
}
