package gofer.testing.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Lets classes ask [GoferClock] for the time: all of the program, and those of the JDK in which the caller waits or is told
/// the time.
final class ClockRewriter implements ClassFileTransformer {

    private static final Set<String> TIMED =
            Set.of(
                    "java/lang/Thread",
                    "java/lang/VirtualThread",
                    "java/lang/ref/ReferenceQueue",
                    "java/time/Clock",
                    "java/util/Date",
                    "java/util/GregorianCalendar",
                    "jdk/internal/misc/ThreadFlock",
                    "sun/util/locale/provider/CalendarProviderImpl");

    private static final String CONCURRENT = "java/util/concurrent/";

    /// Has a thread of its own for what others set: both have to go by the same clock. Likewise java.util.Timer.
    private static final String SCHEDULER = "java/util/concurrent/DelayScheduler";

    private final AtomicBoolean failed = new AtomicBoolean();

    static boolean concerns(Class<?> type) {
        return !type.isHidden() && concerns(type.getClassLoader(), type.getName().replace('.', '/'));
    }

    private static boolean concerns(@Nullable ClassLoader loader, String name) {
        if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
            return true;
        }
        int nested = name.indexOf('$');
        String outermost = nested < 0 ? name : name.substring(0, nested);
        return TIMED.contains(outermost) || outermost.startsWith(CONCURRENT) && !outermost.equals(SCHEDULER);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> old,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        try {
            return name != null && concerns(loader, name) ? TimeCalls.redirected(classFile) : null;
        } catch (Throwable broken) { // the JVM would not say so
            if (failed.compareAndSet(false, true)) {
                System.err.println("gofer: " + name + " and perhaps others will go by the real clock: " + broken);
            }
            return null;
        }
    }
}
