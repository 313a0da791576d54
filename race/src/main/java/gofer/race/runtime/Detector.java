package gofer.race.runtime;

/// The switch of the detector.
public final class Detector {

    /// Whether the detector has started. Not volatile: a thread that sees it late misses what it does meanwhile.
    static boolean on;

    /// The status with which the program ends, 0 if it is not known.
    public static volatile int exitStatus;

    /// The number of hooks that failed, for example because the stack was full. Approximate, because threads race.
    static int missed;

    private Detector() {}

    /// Starts the detector. Until then, no access and no edge counts.
    public static void start() {
        ConsoleLocks.find();
        on = true;
    }

    /// Stops the detector, for tests.
    static void stop() {
        on = false;
    }

    /// Returns about how many hooks failed so far: each may be a race that is not reported.
    public static int missed() {
        return missed;
    }
}
