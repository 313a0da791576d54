package gofer.vet;

import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.VariableElement;

/// An expression that has the same value each time: `mu`, `this.mu`, or `account.mu` with variables that do not change.
///
/// @param variables the variables that lead to the value; the last one holds it
record Place(List<VariableElement> variables) {
    VariableElement last() {
        return variables.getLast();
    }

    /// Returns whether this is a variable, not a field of another variable's object.
    boolean isDirect() {
        return variables.size() == 1;
    }

    @Override
    public String toString() {
        return variables.stream().map(v -> v.getSimpleName().toString()).collect(Collectors.joining("."));
    }
}
