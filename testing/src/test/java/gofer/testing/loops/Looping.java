package gofer.testing.loops;

import gofer.goroutine.Body;

/// A small program that loops until it is told to stop; and, if it `hasTwin`, one at fault that is never told.
///
/// @param name what it does
/// @param hasTwin whether it can be run broken
/// @param isLong whether it takes very many steps
/// @param program the program, mended or not
public record Looping(String name, boolean hasTwin, boolean isLong, Program program) {

    /// Either of the two.
    public interface Program {
        /// Runs it; broken, unless `mended`.
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
