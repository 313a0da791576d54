package gofer.testing.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A transformer that redirects calls that read the time to [GoferClock]. It transforms all classes of the program, and those
/// classes of the JDK in which the calling thread waits or reads the time.
final class ClockRewriter implements ClassFileTransformer {

    private static final Set<String> TIMED_TYPES =
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

    /// This class is excluded. It has a thread of its own for timers that other threads set, and both must use the same clock.
    /// The same holds for java.util.Timer.
    private static final String SCHEDULER = "java/util/concurrent/DelayScheduler";

    private final AtomicBoolean failed = new AtomicBoolean();

    static boolean appliesTo(Class<?> type) {
        return !type.isHidden() && appliesTo(type.getClassLoader(), type.getName().replace('.', '/'));
    }

    private static boolean appliesTo(@Nullable ClassLoader loader, String name) {
        if (loader != null && loader != ClassLoader.getPlatformClassLoader()) {
            return true;
        }
        int nested = name.indexOf('$');
        String outermost = nested < 0 ? name : name.substring(0, nested);
        return TIMED_TYPES.contains(outermost) || outermost.startsWith(CONCURRENT) && !outermost.equals(SCHEDULER);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        try {
            return name != null && appliesTo(loader, name) ? TimeCalls.redirected(classFile) : null;
        } catch (Throwable broken) { // the JVM would not report it
            if (failed.compareAndSet(false, true)) {
                System.err.println("gofer: " + name + " and perhaps others will follow the real clock: " + broken);
            }
            return null;
        }
    }
}
