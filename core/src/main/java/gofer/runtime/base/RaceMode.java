package gofer.runtime.base;

import java.util.concurrent.ThreadLocalRandom;

/// What is different in a JVM with the race detector, so that it finds more: Go's `race.Enabled`.
public final class RaceMode {

    /// The class that the detector adds to the JDK.
    private static final String HOOKS = "java.lang.GoferRace";

    private static final boolean ENABLED = isEnabled();

    private RaceMode() {}

    private static boolean isEnabled() {
        try {
            Class.forName(HOOKS, false, null);
            return true;
        } catch (ClassNotFoundException notStarted) {
            return false;
        }
    }

    /// Returns true once in `average` calls on average, and never without the detector.
    public static boolean chance(int average) {
        return ENABLED && ThreadLocalRandom.current().nextInt(average) == 0;
    }
}
