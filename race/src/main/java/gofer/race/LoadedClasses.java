package gofer.race;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// The names of the classes that were loaded before the race detector, by another agent for example. They cannot get the fields
/// that other classes would use, so they are out of scope.
final class LoadedClasses implements Predicate<String> {

    private final Set<String> names = new HashSet<>();

    LoadedClasses(Instrumentation jvm) {
        for (Class<?> type : jvm.getAllLoadedClasses()) {
            names.add(type.getName());
        }
    }

    @Override
    public boolean test(String name) {
        return names.contains(name.replace('/', '.'));
    }
}
