package gofer.runtime.goroutine;

import java.util.Arrays;
import java.util.Optional;

/// Finds a goroutine that waits in the initialiser of a class: those that need the class wait for it and keep their carriers.
final class InitializerWait {

    /// So many goroutines are looked at: the thread that asks has other work.
    private static final int MANY = 1000;

    private InitializerWait() {}

    /// Tells of it in lines; empty if there is none.
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
                        + "] is in the initialiser of class "
                        + initialiser.get().getClassName()
                        + ", at "
                        + initialiser.get()
                        + "\ngoroutines that need that class keep their carriers until it has been initialised\n";
            }
        }
        return "";
    }

    private static Optional<StackTraceElement> initialiser(G g) {
        return Arrays.stream(g.stack()).filter(frame -> frame.getMethodName().equals("<clinit>")).findFirst();
    }
}
