package gofer.testing;

import org.jspecify.annotations.Nullable;

/// The result that the schedule of a token had when it was found. If a replay has another result, the token belongs to another
/// program.
///
/// @param kind the first letters of the kind of failure; `OK` if it did not fail
/// @param hash the hash of the steps and choices; 0 if they may vary between runs
/// @param mostSteps the limit of steps of the run, which determines the first step that was scheduled at random
record Expected(String kind, int hash, int mostSteps) {

    static final String OK = "OK";

    /// Returns the result of a run with a limit of `mostSteps` steps. If `failure` is null, the run did not fail.
    static Expected of(@Nullable Failure failure, ExplorerLoop loop, int mostSteps) {
        boolean repeats = failure == null || failure.kind().isAtOneStep();
        return new Expected(kind(failure), repeats && !loop.effects.hasWaited() ? loop.hash() : 0, mostSteps);
    }

    private static String kind(@Nullable Failure failure) {
        return failure == null ? OK : failure.kind().name().substring(0, 2);
    }

    /// Describes how a replay differs from this result. Returns null if it does not differ.
    @Nullable String differs(@Nullable Failure failure, ExplorerLoop loop) {
        if (!kind.equals(kind(failure))) {
            String replay = failure == null ? "did not" : kind.equals(OK) ? "failed" : "failed in another way";
            return "the schedule of the token "
                    + (kind.equals(OK) ? "did not fail" : "failed")
                    + ", but the replay "
                    + replay
                    + ": the token belongs to another program, or to another version of this one";
        }
        boolean same = hash == 0 || loop.effects.hasWaited() || hash == loop.hash();
        return same
                ? null
                : "the token belongs to another program, or to another version of this one: the steps differ";
    }
}
