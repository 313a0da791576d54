package gofer.testing;

import org.jspecify.annotations.Nullable;

/// The result that the schedule of a token had when it was found. A replay with another result belongs to another program.
///
/// @param kind how it failed, by its first letters; `OK` if it did not
/// @param hash the hash of what happened; 0 if that may vary between runs
/// @param mostSteps the limit of steps of the run, which determines where random scheduling began
record Expected(String kind, int hash, int mostSteps) {

    static final String OK = "OK";

    /// Returns the result of a run with a limit of `mostSteps` steps. A null failure means that nothing went wrong.
    static Expected of(@Nullable Failure failure, ExplorerLoop loop, int mostSteps) {
        boolean repeats = failure == null || failure.kind().isOfOneInstant();
        return new Expected(kind(failure), repeats && !loop.hasSeenOutside() ? loop.hash() : 0, mostSteps);
    }

    private static String kind(@Nullable Failure failure) {
        return failure == null ? OK : failure.kind().name().substring(0, 2);
    }

    /// Returns how a replay differs from this result; null if it does not.
    @Nullable String differs(@Nullable Failure failure, ExplorerLoop loop) {
        if (!kind.equals(kind(failure))) {
            String replay = failure == null ? "did not" : kind.equals(OK) ? "failed" : "failed in another way";
            return "the schedule of the token "
                    + (kind.equals(OK) ? "did not fail" : "failed")
                    + ", but the replay "
                    + replay
                    + ": the token belongs to another program, or to another version of this one";
        }
        boolean same = hash == 0 || loop.hasSeenOutside() || hash == loop.hash();
        return same
                ? null
                : "the token belongs to another program, or to another version of this one: the steps differ";
    }
}
