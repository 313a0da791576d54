package gofer.runtime.park;

import gofer.runtime.base.Frames;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the place in the program that calls into Gofer.
public final class CallSites {

    /*
     * To walk the stack takes a microsecond, many times what it takes to make a channel or a lock. Those that a program
     * keeps are few, and those that it makes by the million come from few places. So in each tick of the clock the places
     * of the first thousand are noted, which costs less than a hundredth of one processor, whatever the program does.
     */

    private static final int NOTED_IN_A_TICK = 1000;

    private static final StackWalker WALKER = StackWalker.getInstance();

    /// In place of one that there is not.
    public static final StackTraceElement UNKNOWN = new StackTraceElement("unknown", "unknown", null, -1);

    private static final Predicate<StackWalker.StackFrame> INNER = frame -> Frames.isInner(frame.getClassName());

    private static int tick; // racy, as the next: it does not matter if a few more are noted
    private static int noted;

    private CallSites() {}

    /// The innermost frame outside Gofer and the JDK.
    public static StackTraceElement walk() {
        return WALKER.walk(frames ->
                frames.dropWhile(INNER).findFirst().map(StackWalker.StackFrame::toStackTraceElement).orElse(UNKNOWN));
    }

    /// The same, for something that is being made there; null if too many are being made.
    public static @Nullable StackTraceElement ofNew() {
        int now = CoarseClock.now();
        if (now != tick) {
            tick = now;
            noted = 0;
        }
        if (noted >= NOTED_IN_A_TICK) {
            return null;
        }
        noted++;
        return walk();
    }
}
