package gofer.vet;

import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.QualifiedNameable;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/// The types that the checks know, by qualified name: Gofer's, and those with assertions for tests. Types that share their
/// methods are one constant.
enum Api {
    NONE,
    GO,
    CHAN,
    SELECT,
    CONTEXT,
    GROUP,
    WEIGHTED,
    HELD,
    LOCK,
    WAIT_GROUP,
    COND,
    ONCE,
    SIGNALS,
    ASSERTION,
    TESTING;

    private static final Map<String, Api> BY_NAME =
            Map.ofEntries(
                    Map.entry("gofer.Go", GO),
                    Map.entry("gofer.chan.Selects", GO),
                    Map.entry("gofer.chan.Biased", GO),
                    Map.entry("gofer.chan.Chan", CHAN),
                    Map.entry("gofer.chan.RecvChan", CHAN),
                    Map.entry("gofer.chan.SendChan", CHAN),
                    Map.entry("gofer.chan.Select", SELECT),
                    Map.entry("gofer.context.Context", CONTEXT),
                    Map.entry("gofer.context.CancelContext", CONTEXT),
                    Map.entry("gofer.group.ErrGroup", GROUP),
                    Map.entry("gofer.group.Weighted", WEIGHTED),
                    Map.entry("gofer.sync.Held", HELD),
                    Map.entry("gofer.sync.Locker", LOCK),
                    Map.entry("gofer.sync.Mutex", LOCK),
                    Map.entry("gofer.sync.RWMutex", LOCK),
                    Map.entry("gofer.sync.WaitGroup", WAIT_GROUP),
                    Map.entry("gofer.sync.Cond", COND),
                    Map.entry("gofer.sync.Once", ONCE),
                    Map.entry("gofer.signal.Signals", SIGNALS),
                    Map.entry("org.assertj.core.api.Assertions", ASSERTION),
                    Map.entry("org.junit.Assert", ASSERTION),
                    Map.entry("org.junit.Assume", ASSERTION),
                    Map.entry("org.junit.jupiter.api.Assertions", ASSERTION),
                    Map.entry("org.junit.jupiter.api.Assumptions", ASSERTION),
                    Map.entry("gofer.testing.Bubble", TESTING),
                    Map.entry("gofer.testing.Explore", TESTING));

    static Api of(Element type) {
        return type instanceof QualifiedNameable named
                ? BY_NAME.getOrDefault(named.getQualifiedName().toString(), NONE)
                : NONE;
    }

    static Api of(TypeMirror type) {
        return type instanceof DeclaredType declared ? of(declared.asElement()) : NONE;
    }

    /// Returns whether `type` is the type named `name`.
    static boolean is(TypeMirror type, String name) {
        return type instanceof DeclaredType declared
                && declared.asElement() instanceof QualifiedNameable named
                && named.getQualifiedName().contentEquals(name);
    }
}
