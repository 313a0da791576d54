package gofer.race.runtime;

import java.util.ArrayList;
import java.util.HashMap;
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
    private static final HashMap<Pair, Known> PAIRS = new HashMap<>();
    private static final ArrayList<Report> ALL = new ArrayList<>();

    // For tests: a race that was reported before also makes the next test fail in which it happens.
    private static final ArrayList<Happened> HAPPENED = new ArrayList<>(); // each pair once after each mark
    private static int marks; // so far
    private static volatile boolean hasFailedTest;

    private static volatile @Nullable Consumer<Report> listener;
    private static volatile Predicate<Report> exclusion = _ -> false;
    private static volatile boolean repeats;
    private static volatile boolean failsTests = true;

    /// What the program registered. Written under the lock.
    private static volatile List<Consumer<String[]>> readers = List.of();

    private Reports() {}

    /// A race, without the order of its accesses.
    private record Pair(Object variable, StackTraceElement first, StackTraceElement second) {

        Pair reversed() {
            return new Pair(variable, second, first);
        }
    }

    /// A pair that has been reported.
    private static final class Known {

        int marked; // the number of marks when it happened last
    }

    /// A race for the test in which it happens.
    ///
    /// @param isRepeated whether the same pair was reported before
    private record Happened(Known pair, Report report, boolean isRepeated) {}

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

    /// Returns a mark for [#check].
    static int mark() {
        LOCK.lock();
        try {
            marks++;
            return HAPPENED.size();
        } finally {
            LOCK.unlock();
        }
    }

    /// Throws an [AssertionError] with the reports of the races that have happened since `mark`, if there are any.
    static void check(int mark) {
        String text = textSince(mark);
        if (failsTests && !text.isEmpty()) {
            hasFailedTest = true;
            throw new AssertionError(text);
        }
    }

    private static String textSince(int mark) {
        LOCK.lock();
        try {
            var text = new StringBuilder();
            var pairs = new HashSet<Known>(); // another test may have set a mark meanwhile
            for (Happened race : HAPPENED.subList(mark, HAPPENED.size())) {
                if (pairs.add(race.pair)) {
                    text.append("data race on ").append(race.report.variable());
                    text.append(race.isRepeated ? ", which repeats an earlier report for the same two places\n" : "\n");
                    text.append(race.report);
                }
            }
            return text.toString();
        } finally {
            LOCK.unlock();
        }
    }

    /// Returns whether a test has failed because of a race. Its failure is enough to see.
    public static boolean hasFailedTest() {
        return hasFailedTest;
    }

    /// Reports the races of an access.
    ///
    /// @param variable stands for the variable and the same variable of other objects
    static void add(Conflict conflicts, Strand strand, Object variable, String name, boolean writes, int site) {
        StackTraceElement place = Sites.get(site);
        for (Conflict each = conflicts; each != null; each = each.next()) {
            var pair = new Pair(variable, place, Sites.get(each.site()));
            if (!isDone(pair)) {
                add(pair, new Report(name, later(strand, writes, place), earlier(each)));
            }
        }
    }

    /// Returns whether another race of a pair changes nothing. Then its stack need not be found, which takes long.
    private static boolean isDone(Pair pair) {
        LOCK.lock();
        try {
            Known known = known(pair);
            return known != null && !repeats && known.marked == marks;
        } finally {
            LOCK.unlock();
        }
    }

    private static @Nullable Known known(Pair pair) {
        return PAIRS.getOrDefault(pair, PAIRS.get(pair.reversed()));
    }

    /// From now on, leaves out the races that `excluded` selects.
    public static void exclude(Predicate<Report> excluded) {
        exclusion = excluded;
    }

    /// From now on, a race does not make the test fail in which it happens.
    public static void leaveTests() {
        failsTests = false;
    }

    /// Sets whether each pair of places is reported each time, from now on.
    public static void repeat(boolean eachTime) {
        repeats = eachTime;
    }

    private static void add(Pair pair, Report report) {
        if (!exclusion.test(report) && isNew(pair, report)) {
            Consumer<Report> current = listener;
            if (current != null) {
                current.accept(report);
            }
        }
    }

    private static boolean isNew(Pair pair, Report report) {
        LOCK.lock();
        try {
            Known known = known(pair);
            Known now = known == null ? new Known() : known;
            if (known == null && PAIRS.size() < LIMIT) {
                PAIRS.put(pair, now);
            }
            if (known == null || known.marked != marks) {
                now.marked = marks;
                HAPPENED.add(new Happened(now, report, known != null));
            }
            boolean isNew = repeats || known == null && ALL.size() < LIMIT;
            if (isNew) {
                ALL.add(report);
            }
            return isNew;
        } finally {
            LOCK.unlock();
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
            HAPPENED.clear();
        } finally {
            LOCK.unlock();
        }
    }
}
