package gofer.runtime.goroutine;

import java.util.Arrays;
import java.util.Optional;

/// The search for a goroutine that waits inside a class initializer. Goroutines that need the class block their carriers
/// until it ends.
final class InitializerWait {

    /// The maximum number of goroutines to inspect, because the calling thread has other work.
    private static final int MANY = 1000;

    private InitializerWait() {}

    /// Returns a description of such a goroutine, in lines. Empty if there is none.
    static String text() {
        int looks = 0;
        for (G g : Goroutines.inNoOrder()) {
            if (looks++ == MANY) {
                break;
            }
            Optional<StackTraceElement> initialiser = initialiser(g);
            if (initialiser.isPresent()) {
                return g
                        + " ["
                        + g.waitReason()
                        + "] is in the initializer of class "
                        + initialiser.get().getClassName()
                        + ", at "
                        + initialiser.get()
                        + "\ngoroutines that need that class keep their carriers until it has been initialized\n";
            }
        }
        return "";
    }

    private static Optional<StackTraceElement> initialiser(G g) {
        return Arrays.stream(g.stack()).filter(frame -> frame.getMethodName().equals("<clinit>")).findFirst();
    }
}
