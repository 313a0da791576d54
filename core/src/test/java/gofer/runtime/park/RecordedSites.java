package gofer.runtime.park;

import gofer.fixture.Eventually;

/// A helper for tests of the places where channels and locks are created.
public final class RecordedSites {

    private RecordedSites() {}

    /// Returns when places are recorded again. Other threads must create only few channels and locks.
    public static void await() {
        int tick = CoarseClock.now();
        Eventually.that("the next tick", () -> CoarseClock.now() != tick);
    }
}
