package gofer.runtime.park;

import gofer.runtime.base.Frames;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The places in the program that call into Gofer.
public final class CallSites {

    /*
     * Walking the stack takes a microsecond, many times as long as creating a channel or a lock. A program keeps few
     * channels and locks, and those that it creates by the million come from few places. So in each tick of the clock,
     * only the places of the first thousand are recorded. This costs less than a hundredth of one processor, whatever
     * the program does.
     */

    private static final int MAX_PER_TICK = 1000;

    private static final StackWalker WALKER = StackWalker.getInstance();

    /// The result if no place was found.
    public static final StackTraceElement UNKNOWN = new StackTraceElement("unknown", "unknown", null, -1);

    private static final Predicate<StackWalker.StackFrame> INNER = frame -> Frames.isInner(frame.getClassName());

    /// Enough frames for [#frame] at the first attempt.
    private static final StackWalker DEEP_WALKER =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), 16);

    private static final ClassValue<Boolean> OF_PROGRAM =
            new ClassValue<>() {
                @Override
                protected Boolean computeValue(Class<?> type) {
                    return Frames.isOfProgram(type.getName());
                }
            };

    /// Texts of frames, because making one takes half a microsecond.
    private static final Map<StackTraceElement, String> TEXTS = new ConcurrentHashMap<>();

    private static final int MAX_TEXTS = 10_000; // generated classes may have any number of frames

    private static int tick; // racy, like the next field: a few more may be recorded
    private static int recorded;

    private CallSites() {}

    /// Returns the innermost frame outside of Gofer and the JDK.
    public static StackTraceElement walk() {
        return WALKER.walk(frames ->
                frames.dropWhile(INNER).findFirst().map(StackWalker.StackFrame::toStackTraceElement).orElse(UNKNOWN));
    }

    /// Returns the innermost frame of the program, which is outside of Gofer and of all of the JDK, as text; empty if there is
    /// none.
    static String frame() {
        return DEEP_WALKER.walk(frames ->
                frames.filter(frame -> OF_PROGRAM.get(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> text(frame.toStackTraceElement()))
                        .orElse(""));
    }

    private static String text(StackTraceElement frame) {
        String known = TEXTS.get(frame);
        if (known != null) {
            return known;
        }
        String text = frame.toString();
        if (TEXTS.size() < MAX_TEXTS) {
            TEXTS.put(frame, text);
        }
        return text;
    }

    /// Returns the same as [#walk] for an object that is being created; null if too many are being created.
    public static @Nullable StackTraceElement ofNew() {
        int now = CoarseClock.now();
        if (now != tick) {
            tick = now;
            recorded = 0;
        }
        if (recorded >= MAX_PER_TICK) {
            return null;
        }
        recorded++;
        return walk();
    }
}
