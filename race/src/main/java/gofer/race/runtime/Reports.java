package gofer.race.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The races so far. Each pair of places is reported once for the same variable of all objects of a class, or for all
/// elements of all arrays of a class.
public final class Reports {

    /// The greatest number of races that are reported. After that, the detector reports no more.
    public static final int LIMIT = 100_000;

    private static final SpinLock LOCK = new SpinLock();
    private static final HashSet<Pair> PAIRS = new HashSet<>();
    private static final ArrayList<Report> ALL = new ArrayList<>();

    private static volatile @Nullable Consumer<Report> listener;
    private static volatile Predicate<Report> exclusion = _ -> false;
    private static volatile boolean repeats;
    private static volatile boolean failsTests = true;

    /// What the program registered. Written under the lock.
    private static volatile List<Consumer<String[]>> readers = List.of();

    private Reports() {}

    /// A race, without the order of its accesses.
    private record Pair(Object variable, StackTraceElement first, StackTraceElement second) {}

    /// Makes `newListener` receive all reports from now on, instead of the one before. It runs on the thread that made the later
    /// access. Nothing that it does counts.
    public static void listen(Consumer<Report> newListener) {
        listener = newListener;
    }

    /// Makes `reader` receive the texts of all reports from now on.
    static void addReader(Consumer<String[]> reader) {
        LOCK.lock();
        try {
            var all = new ArrayList<>(readers);
            all.add(reader);
            readers = List.copyOf(all);
        } finally {
            LOCK.unlock();
        }
    }

    /// Passes the texts of a report to the program: the variable, the report, and the report as JSON.
    public static void publish(String... texts) {
        for (Consumer<String[]> reader : readers) {
            reader.accept(texts.clone());
        }
    }

    /// Returns the number of races so far.
    public static int count() {
        LOCK.lock();
        try {
            return ALL.size();
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns the races after the first `mark`.
    public static List<Report> since(int mark) {
        LOCK.lock();
        try {
            return List.copyOf(ALL.subList(mark, ALL.size()));
        } finally {
            LOCK.unlock();
        }
    }

    /// Throws an [AssertionError] with the reports of the races after the first `mark`, if there are any.
    static void check(int mark) {
        if (failsTests && count() > mark) {
            var text = new StringBuilder();
            for (Report report : since(mark)) {
                text.append(report);
            }
            throw new AssertionError(text.toString());
        }
    }

    /// Reports the races of an access.
    ///
    /// @param variable stands for the variable and the same variable of other objects
    static void add(Conflict conflicts, Strand strand, Object variable, String name, boolean writes, int site) {
        StackTraceElement place = Sites.get(site);
        for (Conflict each = conflicts; each != null; each = each.next()) {
            if (isNew(variable, place, Sites.get(each.site()))) {
                tell(new Report(name, later(strand, writes, place), earlier(each)));
            }
        }
    }

    /// From now on, leaves out the races that `excluded` selects.
    public static void exclude(Predicate<Report> excluded) {
        exclusion = excluded;
    }

    /// From now on, a race does not make the test fail in which it happens.
    public static void leaveTests() {
        failsTests = false;
    }

    /// From now on, reports each pair of places each time.
    public static void repeat() {
        repeats = true;
    }

    private static boolean isNew(Object variable, StackTraceElement later, StackTraceElement earlier) {
        if (repeats) {
            return true;
        }
        LOCK.lock();
        try {
            return PAIRS.size() < LIMIT
                    && !PAIRS.contains(new Pair(variable, earlier, later))
                    && PAIRS.add(new Pair(variable, later, earlier));
        } finally {
            LOCK.unlock();
        }
    }

    private static void tell(Report report) {
        if (exclusion.test(report)) {
            return;
        }
        LOCK.lock();
        try {
            ALL.add(report);
        } finally {
            LOCK.unlock();
        }
        Consumer<Report> current = listener;
        if (current != null) {
            current.accept(report);
        }
    }

    private static Report.Access later(Strand strand, boolean writes, StackTraceElement place) {
        return access(strand.origin, writes, Stacks.here(place));
    }

    private static Report.Access earlier(Conflict conflict) {
        Origin origin = Origins.get((int) (conflict.epoch() >>> Integer.SIZE));
        return access(origin, conflict.writes(), List.of(Sites.get(conflict.site())));
    }

    private static Report.Access access(@Nullable Origin origin, boolean writes, List<StackTraceElement> stack) {
        return origin == null
                ? new Report.Access(writes, "a thread that ended long ago", stack, null, List.of())
                : new Report.Access(writes, origin.thread(), stack, origin.startedBy(), origin.startedAt());
    }

    /// Forgets all races, for tests.
    static void clear() {
        LOCK.lock();
        try {
            PAIRS.clear();
            ALL.clear();
        } finally {
            LOCK.unlock();
        }
    }
}
