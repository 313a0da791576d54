package gofer.runtime.park;

import gofer.fixture.Eventually;

/// For tests of the places where channels and locks are created.
public final class RecordedSites {

    private RecordedSites() {}

    /// Returns when places are recorded again. Threads other than the caller must create few.
    public static void await() {
        int tick = CoarseClock.now();
        Eventually.that("the next tick", () -> CoarseClock.now() != tick);
    }
}
