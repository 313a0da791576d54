package gofer.runtime.park;

import gofer.fixture.Eventually;

/// For tests of places where channels and locks are made.
public final class NotedSites {

    private NotedSites() {}

    /// Returns when they are noted again; by others than the caller few must be made.
    public static void await() {
        int tick = CoarseClock.now();
        Eventually.that("the next tick", () -> CoarseClock.now() != tick);
    }
}
