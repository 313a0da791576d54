package gofer.runtime.goroutine;

import java.util.Arrays;
import java.util.Optional;

/// The search for a goroutine that waits inside a class initializer. Goroutines that need the class block their carriers
/// until it ends.
final class InitializerWait {

    /// The maximum number of goroutines to inspect, because the calling thread has other work.
    private static final int MAX_GOROUTINES = 1000;

    private InitializerWait() {}

    /// Returns a description of such a goroutine, in lines. Empty if there is none.
    static String text() {
        int inspected = 0;
        for (G g : Goroutines.inNoOrder()) {
            if (inspected++ == MAX_GOROUTINES) {
                break;
            }
            Optional<StackTraceElement> initializer = initializer(g);
            if (initializer.isPresent()) {
                return g
                        + " ["
                        + g.waitReason()
                        + "] is in the initializer of class "
                        + initializer.get().getClassName()
                        + ", at "
                        + initializer.get()
                        + "\ngoroutines that need that class keep their carriers until it has been initialized\n";
            }
        }
        return "";
    }

    private static Optional<StackTraceElement> initializer(G g) {
        return Arrays.stream(g.stack()).filter(frame -> frame.getMethodName().equals("<clinit>")).findFirst();
    }
}
