package gofer.race.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random traces: the detector reports the first race of each variable exactly if there is one, and never what is not a race.
class RandomTraceTest {

    private static final int TRACES = 3000;
    private static final int LENGTH = 40;

    static {
        Sites.add("Trace", "none", "", -1); // no site of a trace is 0, which has no sign
    }

    @BeforeEach
    void reportEachRace() {
        Reports.clear();
        Reports.repeat(true);
    }

    @AfterEach
    void clear() {
        Reports.repeat(false);
        Reports.clear();
    }

    @Test
    void firstRaceOfEachVariableIsReported() {
        int races = 0;
        int fine = 0;
        for (int seed = 0; seed < TRACES; seed++) {
            Reports.clear();
            var trace = new Trace(seed);
            for (int step = 0; step < LENGTH; step++) {
                trace.step();
            }
            races += trace.races;
            fine += trace.fine;
        }
        assertThat(races).as("races").isGreaterThan(TRACES);
        assertThat(fine).as("accesses without a race to what others have accessed").isGreaterThan(TRACES);
    }

    /// A trace, which is performed by the detector and by the oracle.
    private static final class Trace {

        private final Random random;
        private final int seed;
        private final Oracle oracle = new Oracle();
        private final List<Strand> strands = new ArrayList<>();
        private final List<Strand> ended = new ArrayList<>();
        private final Map<Strand, Thread> threads = new LinkedHashMap<>();
        private final Map<Integer, Set<Integer>> events = new HashMap<>(); // by the lines of their sites
        private final Map<Integer, Integer> sites = new HashMap<>(); // by line
        private final Object[] objects = {new Object(), new Object(), new Object()};
        private final Shop[] shops = {new Shop(), new Shop()};
        private final int[][] arrays = {new int[200], new int[70], new int[40]};
        private boolean inLoop;
        private int lines;
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private int races;
        private int fine;

        Trace(int seed) {
            this.seed = seed;
            random = new Random(seed);
            for (int i = 0; i < 2 + random.nextInt(3); i++) {
                strands.add(new Strand(null));
            }
        }

        void step() {
            Strand strand = strands.get(random.nextInt(strands.size()));
            switch (random.nextInt(18)) {
                case 0, 1, 2 -> acquire(strand);
                case 3, 4, 5 -> release(strand);
                case 6 -> pass();
                case 7 -> lifecycle(strand);
                case 8, 9 -> epochs(strand, shops[random.nextInt(2)]);
                case 10 -> access(strand, List.of("count"), site -> count(strand, site));
                case 11, 12 -> element(strand);
                case 13 -> range(strand);
                case 14, 15 -> loop(strand);
                default -> queue(strand);
            }
        }

        private void acquire(Strand strand) {
            Object object = objects[random.nextInt(objects.length)];
            int part = random.nextInt(3);
            oracle.acquire(strand, List.of(object, part));
            Edges.acquire(strand, object, part);
        }

        private void release(Strand strand) {
            Object object = objects[random.nextInt(objects.length)];
            int part = random.nextInt(3);
            oracle.release(strand, List.of(object, part));
            Edges.release(strand, object, part);
        }

        private void pass() {
            Object from = objects[random.nextInt(objects.length)];
            Object to = objects[random.nextInt(objects.length)];
            int part = random.nextInt(3);
            oracle.pass(List.of(from, 0), List.of(to, part));
            Edges.pass(from, to, part);
        }

        private void lifecycle(Strand strand) {
            switch (random.nextInt(4)) {
                case 0 -> start(strand);
                case 1 -> end();
                case 2 -> join(strand);
                default -> strand.exhaust();
            }
        }

        private void start(Strand strand) {
            var thread = new Thread(() -> {});
            var started = new Strand(null);
            oracle.release(strand, thread);
            oracle.acquire(started, thread);
            Threads.starting(strand, thread);
            Threads.begin(started, thread);
            strands.add(started);
            threads.put(started, thread);
        }

        private void end() {
            for (Map.Entry<Strand, Thread> entry : threads.entrySet()) {
                if (strands.size() > 2 && strands.remove(entry.getKey())) {
                    oracle.release(entry.getKey(), List.of("end", entry.getValue()));
                    ended.add(entry.getKey());
                    Threads.ended(entry.getKey(), entry.getValue());
                    return;
                }
            }
        }

        private void join(Strand strand) {
            if (!ended.isEmpty()) {
                Strand other = ended.get(random.nextInt(ended.size()));
                Thread thread = requireNonNull(threads.get(other));
                oracle.acquire(strand, List.of("end", thread));
                Threads.joined(strand, thread);
            }
        }

        private void epochs(Strand strand, Shop shop) {
            access(
                    strand,
                    List.of(shop),
                    site -> {
                        if (site > 0) {
                            if (shop.gofer$w$total != strand.epoch()) {
                                FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), true, site);
                            }
                        } else if (shop.gofer$w$total != strand.epoch() && shop.gofer$r$total != strand.epoch()) {
                            FieldAccess.access(strand, shop, Fields.get(Shop.TOTAL), false, -site);
                        }
                    });
        }

        private void count(Strand strand, int site) {
            FieldAccess.access(strand, shops[0], Fields.get(Shop.COUNT), site > 0, Math.abs(site));
        }

        private void element(Strand strand) {
            int[] array = arrays[random.nextInt(2)];
            int index = 62 + random.nextInt(4);
            access(
                    strand,
                    variables(array, index, index + 1),
                    site -> Variables.element(strand, array, index, site > 0, Math.abs(site)));
        }

        private static List<?> variables(int[] array, int from, int to) {
            return IntStream.range(from, Math.min(to, array.length)).mapToObj(i -> List.of(array.length, i)).toList();
        }

        /// Makes a number of accesses after which the strand claims the cells. Meanwhile, other things happen.
        private void loop(Strand strand) {
            if (!inLoop) {
                inLoop = true;
                accessInLoop(strand);
                inLoop = false;
            }
        }

        private void accessInLoop(Strand strand) {
            int length = 1 + random.nextInt(20);
            int spread = 1 + random.nextInt(20);
            int own = random.nextInt(3);
            int line = newLine();
            boolean writes = random.nextInt(3) == 0;
            var last = new @Nullable Run[1];
            for (int i = 0; i < length; i++) {
                int[] array = arrays[random.nextInt(8) == 0 ? random.nextInt(3) : own];
                int index = (array.length < 64 ? 34 : 64) - spread + random.nextInt(spread * 5 / 4 + 1);
                access(
                        strand,
                        variables(array, index, index + 1),
                        line,
                        writes,
                        site -> last[0] = inLoop(strand, array, index, last[0], site));
                while (random.nextInt(8) == 0 && !ended.contains(strand)) {
                    step();
                }
                if (ended.contains(strand)) {
                    return;
                }
            }
        }

        private @Nullable Run inLoop(Strand strand, int[] array, int index, @Nullable Run last, int site) {
            return last != null && last.record(array, index)
                    ? last
                    : Variables.element(strand, array, index, last, site > 0, Math.abs(site));
        }

        private void range(Strand strand) {
            int[] array = arrays[random.nextInt(3)];
            int from =
                    random.nextBoolean()
                            ? Math.min(60, array.length - 5) + random.nextInt(5)
                            : random.nextInt(array.length);
            int to = from + 1 + random.nextInt(random.nextBoolean() ? 4 : array.length - from);
            access(
                    strand,
                    to > array.length ? List.of() : variables(array, from, to),
                    site -> Variables.elements(strand, array, from, to, site > 0, Math.abs(site)));
        }

        private void queue(Strand strand) {
            Object view = random.nextBoolean() ? queue : queue.iterator();
            access(strand, List.of("queue"), site -> Variables.whole(strand, view, site > 0, Math.abs(site)));
        }

        /// The site of a write is positive, that of a read is negative.
        private interface Hook {

            void access(int site);
        }

        private int newLine() {
            return ++lines;
        }

        private void access(Strand strand, List<?> variables, Hook hook) {
            access(strand, variables, newLine(), random.nextInt(3) == 0, hook);
        }

        private void access(Strand strand, List<?> variables, int line, boolean writes, Hook hook) {
            int event = oracle.access(strand);
            boolean mustReport = false;
            var possible = new HashSet<Integer>();
            for (Object variable : variables) {
                var races = new HashSet<Integer>();
                boolean isFirst = oracle.add(event, variable, writes, races);
                mustReport |= isFirst && !races.isEmpty();
                possible.addAll(races);
            }
            events.computeIfAbsent(line, _ -> new HashSet<>()).add(event);
            int mark = Reports.count();
            int site = sites.computeIfAbsent(line, key -> Sites.add("Trace" + seed, "step", "Trace.java", key));
            hook.access(writes ? site : -site);
            check(Reports.since(mark), mustReport, possible, line);
        }

        private void check(List<Report> reports, boolean mustReport, Set<Integer> possible, int line) {
            races += mustReport ? 1 : 0;
            fine += possible.isEmpty() ? 1 : 0;
            if (mustReport) {
                assertThat(reports).as("seed %d line %d", seed, line).isNotEmpty();
            }
            for (Report report : reports) {
                assertThat(report.later().stack().getFirst().getLineNumber()).isEqualTo(line);
                assertThat(possible)
                        .as("seed %d line %d", seed, line)
                        .containsAnyElementsOf(events.get(report.earlier().stack().getFirst().getLineNumber()));
            }
        }
    }
}
