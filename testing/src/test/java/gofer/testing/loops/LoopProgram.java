package gofer.testing.loops;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.goroutine.Body;
import gofer.testing.Exploration;

/// A small program that loops until it is stopped. Its faulty variant, if it has one, is never stopped.
///
/// @param name a description of the program
/// @param hasFaultyVariant whether it has a faulty variant
/// @param isLong whether it takes very many steps
/// @param program the program, in both variants
public record LoopProgram(String name, boolean hasFaultyVariant, boolean isLong, Program program) {

    /// Both variants of a program.
    public interface Program {
        /// Runs the correct variant if `correct`, and the faulty one otherwise.
        void run(boolean correct) throws Throwable;
    }

    public static LoopProgram withFaultyVariant(String name, Program program) {
        return new LoopProgram(name, true, false, program);
    }

    static LoopProgram correctOnly(String name, Body body) {
        return new LoopProgram(name, false, false, _ -> body.run());
    }

    static LoopProgram longRunning(String name, Body body) {
        return new LoopProgram(name, false, true, _ -> body.run());
    }

    /// Returns the correct variant.
    public Body correct() {
        return () -> program.run(true);
    }

    /// Returns the faulty variant.
    public Body faulty() {
        return () -> program.run(false);
    }

    /// Checks that a search of the faulty variant has found its fault.
    public static void assertFaultIsFound(Exploration result) {
        assertThat(result.faults()).as(result.summary()).hasSize(1);
        assertThat(result.faults().getFirst().message())
                .containsAnyOf(
                        "still running after",
                        "goroutines do nothing but poll and yield",
                        "deadlock",
                        "are blocked forever");
    }

    @Override
    public String toString() {
        return name;
    }
}
