package gofer.runtime.watch;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import gofer.runtime.base.JdkHooks;
import gofer.runtime.base.JdkIdle;
import gofer.runtime.goroutine.G;
import gofer.runtime.goroutine.Goroutines;
import gofer.runtime.park.Sleeper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;

/// The virtual threads that are not goroutines, and whether one of them could wake a goroutine.
final class PlainVirtualThreads {

    /// The JDK method that waits for sockets in a virtual thread, on behalf of other threads.
    private static final String POLLER = "sun.nio.ch.Poller.subPollerLoop";

    /// If there are more goroutines than this, they are not dumped to a file.
    private static final int MANY = 20_000;

    /// The first line of a thread in a dump of the JVM. The program chooses the names of threads: a name that looks
    /// like such a line appears as the first line of an unknown thread.
    private static final Pattern HEADER = Pattern.compile("#(\\d+) \".*");

    private PlainVirtualThreads() {}

    /// Returns whether the JVM tracks all virtual threads.
    static boolean areTracked() {
        String tracked = System.getProperty("jdk.trackAllThreads", "");
        return tracked.isEmpty() || Boolean.parseBoolean(tracked);
    }

    /// Returns the waits of the virtual threads, or null if one could wake a goroutine. For Gofer's scheduler.
    static @Nullable List<Object> inspect() {
        List<Object> waits = new ArrayList<>();
        for (Thread thread : JdkHooks.trackedThreads().toList()) {
            if (LockSupport.getBlocker(thread) instanceof Sleeper sleeper && sleeper.sleepsForever()) {
                waits.add(new SleepingWait(sleeper, sleeper.sleep()));
            } else if (!isIdle(thread)) {
                return null;
            }
        }
        return waits;
    }

    private static boolean isIdle(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return ExternalThreads.isHttpClient(stack)
                ? JdkIdle.isHttpClientIdle(thread)
                : ExternalThreads.isOfJdk(stack) && ExternalThreads.isIn(POLLER, stack);
    }

    /// Returns whether a dump of all threads can show which virtual threads there are. JDK 25 may crash while it dumps
    /// running virtual threads (JDK-8364343).
    static boolean canBeDumped() {
        return areTracked() && ThreadSnapshots.areSafe() && Goroutines.count() <= MANY;
    }

    /// Returns whether a virtual thread is running or ready to run on the JDK's scheduler.
    static boolean areAtWork() {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        return scheduler.getMountedVirtualThreadCount() > 0 || scheduler.getQueuedVirtualThreadCount() > 0;
    }

    /// Returns whether a virtual thread could wake a goroutine, on the JDK's scheduler, where only a dump of all
    /// threads shows which virtual threads there are. Throws if no dump is possible.
    ///
    /// @param uncertain receives the wakeup sources that can be neither found nor excluded
    static boolean mayWake(Set<String> uncertain) throws IOException {
        Set<Long> known = new HashSet<>();
        for (G g : Goroutines.inNoOrder()) {
            if (g.startedThread() instanceof Thread thread) {
                known.add(thread.threadId());
            }
        }
        ExternalThreads.platformThreads().forEach(thread -> known.add(thread.threadId()));
        Path folder = Files.createTempDirectory("gofer"); // other users cannot read it
        Path file = folder.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return mayWake(Files.readAllLines(file), known, uncertain);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static boolean mayWake(List<String> dump, Set<Long> known, Set<String> uncertain) {
        for (int i = 0; i < dump.size(); i++) {
            Matcher header = HEADER.matcher(dump.get(i));
            if (header.matches() && !known.contains(Long.valueOf(header.group(1)))) {
                List<String> thread = dump.subList(i, end(dump, i + 1));
                if (isIn(thread, "java.net.http/" + JdkIdle.HTTP_CLIENT)) {
                    uncertain.add(ExternalThreads.HTTP);
                } else if (!isAsleep(thread)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int end(List<String> dump, int from) {
        int end = from;
        while (end < dump.size() && dump.get(end).startsWith(" ")) {
            end++;
        }
        return end;
    }

    /// Returns whether a thread waits for I/O on behalf of others, or in a Gofer wait without a timeout.
    private static boolean isAsleep(List<String> thread) {
        return isIn(thread, "java.base/" + POLLER)
                || thread.getFirst().contains(" virtual WAITING ") && isIn(thread, Sleeper.class.getName() + ".park");
    }

    private static boolean isIn(List<String> thread, String method) {
        return thread.stream().skip(1).anyMatch(frame -> frame.contains(method + "("));
    }
}
