package gofer.testing.loops;

import gofer.goroutine.Body;

/// A small program that loops until it is told to stop. If it `hasTwin`, it has a faulty variant that is never told.
///
/// @param name what it does
/// @param hasTwin whether it has a faulty variant
/// @param isLong whether it takes very many steps
/// @param program the program, in both variants
public record Looping(String name, boolean hasTwin, boolean isLong, Program program) {

    /// Both variants of a program.
    public interface Program {
        /// Runs the correct variant if `mended`, and the faulty one otherwise.
        void run(boolean mended) throws Throwable;
    }

    static Looping pair(String name, Program program) {
        return new Looping(name, true, false, program);
    }

    static Looping fine(String name, Body body) {
        return new Looping(name, false, false, _ -> body.run());
    }

    static Looping lasting(String name, Body body) {
        return new Looping(name, false, true, _ -> body.run());
    }

    Body mended() {
        return () -> program.run(true);
    }

    Body broken() {
        return () -> program.run(false);
    }

    @Override
    public String toString() {
        return name;
    }
}
