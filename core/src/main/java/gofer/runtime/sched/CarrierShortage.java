package gofer.runtime.sched;

import java.util.function.Supplier;

/// What is said when goroutines block so many carriers that the machine has no thread for another one.
public final class CarrierShortage {

    private static volatile Supplier<String> explanation = () -> "";

    private CarrierShortage() {}

    /// From now on `text` explains why they are blocked, if it can; in lines.
    public static void setExplanation(Supplier<String> text) {
        explanation = text;
    }

    /// A warning, with line breaks.
    ///
    /// @param carriers how many there are
    /// @param refused what the JVM threw
    static String report(int carriers, OutOfMemoryError refused) {
        return "warning: goroutines wait for a carrier thread, and none can be started ("
                + refused.getMessage()
                + "): "
                + carriers
                + " are blocked or compute\n"
                + explanation.get();
    }
}
