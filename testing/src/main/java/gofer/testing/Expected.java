package gofer.testing;

import org.jspecify.annotations.Nullable;

/// What the schedule of a token came to when it was found. A replay that comes to something else is of another program.
///
/// @param kind how it went wrong, by its first letters; `OK` if it did not
/// @param hash of what happened; 0 if that may be different each time
/// @param mostSteps the limit of steps of the run, on which depends where random scheduling began
record Expected(String kind, int hash, int mostSteps) {

    static final String OK = "OK";

    /// The result of a run with a limit of `mostSteps` steps. A null failure means that nothing went wrong.
    static Expected of(@Nullable Failure failure, ExplorerLoop loop, int mostSteps) {
        boolean repeats = failure == null || failure.kind().isOfOneInstant();
        return new Expected(kind(failure), repeats && !loop.hasSeenOutside() ? loop.hash() : 0, mostSteps);
    }

    private static String kind(@Nullable Failure failure) {
        return failure == null ? OK : failure.kind().name().substring(0, 2);
    }

    /// What is wrong with a replay; null if nothing is.
    @Nullable String differs(@Nullable Failure failure, ExplorerLoop loop) {
        if (!kind.equals(kind(failure))) {
            String came = failure == null ? "nothing went wrong" : "it went wrong in another way";
            return "the token is of a schedule that "
                    + (kind.equals(OK) ? "did not go wrong" : "went wrong")
                    + ", and "
                    + came
                    + ": it is of another program, or of another version of it";
        }
        boolean same = hash == 0 || loop.hasSeenOutside() || hash == loop.hash();
        return same ? null : "the token is of another program, or of another version of it: other steps were taken";
    }
}
