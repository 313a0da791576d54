package gofer.runtime.sched;

import java.util.function.Supplier;

/// The warning that blocked goroutines occupy all carriers and the JVM cannot start another thread.
public final class CarrierShortage {

    private static volatile Supplier<String> explanation = () -> "";

    private CarrierShortage() {}

    /// Sets the function that explains, in lines, why the carriers are blocked. It may return an empty text.
    public static void setExplanation(Supplier<String> text) {
        explanation = text;
    }

    /// Returns the text of the warning, with line breaks.
    ///
    /// @param carriers the number of carriers
    /// @param refused the error that the JVM threw
    static String report(int carriers, OutOfMemoryError refused) {
        return "warning: goroutines wait for a carrier thread, and none can be started ("
                + refused.getMessage()
                + "): "
                + carriers
                + " carrier threads exist, all blocked or busy\n"
                + explanation.get();
    }
}
