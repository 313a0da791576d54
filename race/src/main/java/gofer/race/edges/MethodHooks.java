package gofer.race.edges;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What a method does in addition.
///
/// @param entry the code at the beginning
/// @param exit the code before each return, with the result on the stack
/// @param failure the code when an exception leaves the method, with the exception on the stack; null for no handler. Of the
///     variables, it may only use `this`.
record MethodHooks(Consumer<Body> entry, Consumer<Body> exit, @Nullable Consumer<Body> failure) {

    static final Consumer<Body> NOTHING = _ -> {};

    static final MethodHooks NONE = new MethodHooks(NOTHING, NOTHING, null);

    static MethodHooks entry(Consumer<Body> entry) {
        return new MethodHooks(entry, NOTHING, null);
    }

    static MethodHooks exit(Consumer<Body> exit) {
        return new MethodHooks(NOTHING, exit, null);
    }

    /// At each exit, with a result or an exception.
    static MethodHooks anyExit(Consumer<Body> exit) {
        return new MethodHooks(NOTHING, exit, exit);
    }

    /// Returns these hooks within `outer`.
    MethodHooks within(MethodHooks outer) {
        return new MethodHooks(
                outer.entry.andThen(entry),
                exit.andThen(outer.exit),
                failure == null ? outer.failure : outer.failure == null ? failure : failure.andThen(outer.failure));
    }

    boolean isNone() {
        return this == NONE;
    }
}
