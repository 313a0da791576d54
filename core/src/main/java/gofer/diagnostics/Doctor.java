package gofer.diagnostics;

import com.sun.management.HotSpotDiagnosticMXBean;
import gofer.goroutine.Scheduler;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.sched.Scheduling;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A check of everything that may keep goroutines from running well in this process: the JDK, the JVM options, the
/// machine.
@CheckReturnValue
public final class Doctor {

    /// A bug in the JDK's virtual threads.
    ///
    /// @param id the number in the JDK's bug database
    /// @param fixes the update that contains the fix, by feature release; a release that is not listed does not have
    ///     the bug
    /// @param effect what the bug does
    private record Bug(String id, Map<Integer, Integer> fixes, String effect) {

        private boolean isIn(Runtime.Version version) {
            return version.update() < fixes.getOrDefault(version.feature(), 0);
        }

        private String in(int feature) {
            return id + ": " + effect + "; fixed in " + feature + ".0." + fixes.get(feature);
        }
    }

    private static final List<Bug> BUGS =
            List.of(
                    new Bug(
                            "JDK-8369227",
                            Map.of(25, 3),
                            "a virtual thread may stay parked forever although it was woken"),
                    new Bug(
                            "JDK-8373120",
                            Map.of(25, 4, 26, 2),
                            "a virtual thread may stay blocked forever at a `synchronized` that is free"));

    /// The range of JDKs with which every build tests Gofer.
    private static final int OLDEST = 25;

    private static final int NEWEST = 27;

    /// The memory of a waiting goroutine with its stack, in bytes.
    private static final long GOROUTINE = 1000;

    private final List<String> lines = new ArrayList<>();

    private Doctor() {}

    /// Returns one line for each finding. Lines that begin with `!` need attention.
    public static String examine() {
        var doctor = new Doctor();
        doctor.checkJava(Runtime.version());
        doctor.checkScheduler();
        doctor.checkOptions();
        doctor.checkMachine();
        return String.join("\n", doctor.lines) + "\n";
    }

    static List<String> bugs(Runtime.Version version) {
        return BUGS.stream().filter(bug -> bug.isIn(version)).map(bug -> bug.in(version.feature())).toList();
    }

    private void ok(String finding) {
        lines.add("  " + finding);
    }

    private void warn(String finding) {
        lines.add("! " + finding);
    }

    private void checkJava(Runtime.Version version) {
        ok("Java " + version + " (" + System.getProperty("java.vendor") + ")");
        bugs(version).forEach(this::warn);
        if (version.feature() > NEWEST) {
            warn("Gofer is tested with Java " + OLDEST + " to " + NEWEST + ", not with this one");
        }
    }

    private void checkScheduler() {
        if (Scheduling.isOurs()) {
            ok("goroutines run on Gofer's scheduler, " + Scheduling.procs() + " at a time");
            return;
        }
        warn("goroutines run on " + Scheduler.JDK);
        ok(
                "  consequences: a hand-off takes 2 to 6 times as long; a goroutine that computes keeps others from"
                        + " running; leaks are only guessed; when all goroutines are asleep, Gofer warns but does not"
                        + " end the program");
        Throwable obstacle = Scheduling.obstacle();
        if (obstacle != null && !(obstacle instanceof IllegalAccessException)) {
            warn("Gofer's scheduler was refused by this JVM: " + obstacle);
        }
    }

    private void checkOptions() {
        if ("true".equals(option("DisableExplicitGC"))) {
            warn("-XX:+DisableExplicitGC: leaks cannot be found");
        }
        if (!"true".equals(option("EnableDynamicAgentLoading"))) {
            warn("-XX:-EnableDynamicAgentLoading: gofer dump, leaks and profile cannot attach");
        }
        if ("false".equals(System.getProperty("jdk.trackAllThreads"))) {
            warn(
                    "-Djdk.trackAllThreads=false: when all goroutines are asleep, Gofer warns but does not end the"
                            + " program");
        }
    }

    private static @Nullable String option(String name) {
        var diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return diagnostics == null ? null : diagnostics.getVMOption(name).getValue();
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private void checkMachine() {
        Runtime runtime = Runtime.getRuntime();
        int processors = runtime.availableProcessors();
        ok(processors + (processors == 1 ? " processor" : " processors"));
        if (Scheduling.isOurs() && Scheduling.procs() > processors) {
            warn(
                    "gomaxprocs is "
                            + Scheduling.procs()
                            + ", more than there are processors: goroutines compete for them");
        }
        long heap = runtime.maxMemory();
        ok(
                "heap of at most "
                        + heap / (1 << 20)
                        + " MB: room for about "
                        + heap / GOROUTINE / 1000 * 1000
                        + " waiting goroutines (-Xmx changes it)");
    }
}
