package gofer.runtime;

import java.util.Arrays;
import java.util.Optional;

/// What is said when goroutines block so many carriers that the machine has no thread for another one.
final class CarrierShortage {

    /// So many goroutines are looked at.
    private static final int MANY = 1000;

    private CarrierShortage() {}

    /// A warning, with line breaks.
    ///
    /// @param carriers how many there are
    /// @param refused what the JVM threw
    static String report(int carriers, OutOfMemoryError refused) {
        StringBuilder text =
                new StringBuilder("warning: goroutines wait for a carrier thread, and none can be started (");
        text.append(refused.getMessage()).append("): ").append(carriers).append(" are blocked or compute\n");
        int looks = 0;
        for (G g : Goroutines.inNoOrder()) {
            if (looks++ == MANY) {
                break; // the monitor has other work
            }
            Optional<StackTraceElement> initialiser = initialiser(g);
            if (initialiser.isPresent()) {
                text.append(g).append(" [").append(g.waitReason()).append("] is in the initialiser of class ");
                text.append(initialiser.get().getClassName()).append(", at ").append(initialiser.get()).append('\n');
                text.append("goroutines that need that class keep their carriers until it has been initialised\n");
                break;
            }
        }
        return text.toString();
    }

    private static Optional<StackTraceElement> initialiser(G g) {
        return Arrays.stream(g.stack()).filter(frame -> frame.getMethodName().equals("<clinit>")).findFirst();
    }
}
