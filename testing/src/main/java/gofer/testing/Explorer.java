package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.goroutine.Carriers;
import gofer.testing.agent.GoferPoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One search: runs schedules, checks the results, and shortens the schedules that fail.
final class Explorer {

    /// The first run, and one run in this number after that, is made twice to check that it can be repeated.
    private static final int RECHECK_INTERVAL = 1000;

    /// The maximum number of runs, and the maximum time, to shorten one schedule.
    private static final int MAX_SHRINK_RUNS = 1000;

    private static final long MAX_SHRINK_NANOS = TimeUnit.SECONDS.toNanos(3);

    /// The number of runs between two progress reports.
    private static final int PROGRESS_INTERVAL = 256;

    /// The maximum total time of long runs that find nothing new, and the minimum time of a long run.
    private static final long MAX_FRUITLESS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long LONG_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// The maximum size of the search space that one schedule indicates.
    private static final double MAX_SPACE = 1e200;

    private final ExplorerLoop loop = new ExplorerLoop();
    private final Body body;
    private final int mostSteps;
    private final @Nullable Supplier<String> outcome;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
    private final Notes notes = new Notes();
    private long schedules;
    private long repeats;
    private boolean isExhausted;
    private boolean hasGaps;
    private double space;
    private long fruitless; // the time of long runs that found nothing new

    Explorer(Body body, int mostSteps, boolean races, @Nullable Supplier<String> outcome) {
        this.body = Carriers.capture(body);
        this.mostSteps = mostSteps;
        if (races) {
            loop.races = new Races(loop);
        }
        this.outcome = outcome;
    }

    /// Adds a note about a place in the body where other goroutines cannot run; null if there is none.
    void addBlindSpot(@Nullable String place) {
        if (place != null) {
            hasGaps = true;
            notes.add(place);
        }
    }

    /// Runs up to `most` schedules. Ends earlier if there are no more, or at the first failure unless `all` is set.
    Exploration search(
            Strategy strategy, long seed, int preemptions, long most, boolean all, Consumer<Exploration> progress) {
        try {
            WorldRunner.run(
                    loop,
                    () -> {
                        Oracle oracle = strategy.oracle(seed, preemptions);
                        while (schedules < most
                                && (all || faults.isEmpty())
                                && fruitless < MAX_FRUITLESS_NANOS
                                && !loop.isStopped()) {
                            if (!oracle.next()) {
                                isExhausted = true;
                                break;
                            }
                            runOne(oracle, strategy);
                            if (loop.races != null && loop.races.obstacle() instanceof String obstacle) {
                                beginWithoutRaces(obstacle);
                                oracle = strategy.oracle(seed, preemptions);
                            }
                            if ((schedules + repeats) % PROGRESS_INTERVAL == 0) {
                                progress.accept(result(strategy, seed, preemptions));
                            }
                        }
                    });
        } catch (WorldRunner.HangError hang) {
            addHang(hang);
        }
        return result(strategy, seed, preemptions);
    }

    /// Begins again. Accesses to plain variables are scheduling points from now on.
    private void beginWithoutRaces(String obstacle) {
        addNote(obstacle);
        loop.races = null;
        schedules = 0;
        repeats = 0;
        space = 0;
        outcomes.clear();
    }

    private void addNote(String obstacle) {
        notes.add("races were not searched for, because " + obstacle);
    }

    private Exploration result(Strategy strategy, long seed, int preemptions) {
        double ran = (double) schedules;
        double size = isExhausted ? ran : Math.max(ran, space / Math.max(1, ran));
        return new Exploration(
                strategy,
                seed,
                preemptions,
                schedules,
                repeats,
                isExhausted && !hasGaps,
                size,
                List.copyOf(faults),
                new LinkedHashMap<>(outcomes),
                notes.list());
    }

    private void runOne(Oracle oracle, Strategy strategy) {
        long start = System.nanoTime();
        loop.run(body, oracle, mostSteps, null);
        if (loop.isRepeat()) {
            repeats++;
            return;
        }
        if (loop.races != null && loop.races.obstacle() != null) {
            return;
        }
        schedules++;
        space += Math.min(Math.exp(loop.logSpace()), MAX_SPACE);
        addNotes(strategy);
        Failure failure = loop.failure;
        int[] choices = loop.choices();
        int hash = loop.hash();
        if (outcome != null) {
            String token = loop.obstacle() == null ? token(choices, failure) : "";
            outcomes.merge(outcome.get(), new Outcome(1, token), (previous, _) -> previous.oneMore());
        }
        if (failure != null && failures.stream().noneMatch(failure::isLike)) {
            failures.add(failure);
            faults.add(fault(failure, "", choices, loop.obstacle()));
            faults.set(faults.size() - 1, fault(failure, choices)); // the fault above remains if this call hangs
        } else if (failure != null || loop.untried().tooLong) {
            countFruitless(System.nanoTime() - start);
        } else if (schedules % RECHECK_INTERVAL == 1) {
            loop.run(body, new Replay(choices), mostSteps, null);
            if (loop.hash() != hash) {
                notes.add(
                        "the body is not deterministic: schedule "
                                + schedules
                                + " took other steps when it was run again");
            }
            discardOutcome();
        }
    }

    /// Ends an additional run, whose outcome does not count.
    private void discardOutcome() {
        if (outcome != null) {
            var _ = outcome.get();
        }
    }

    private void countFruitless(long nanos) {
        fruitless += nanos > LONG_RUN_NANOS ? nanos : 0;
        if (fruitless >= MAX_FRUITLESS_NANOS) {
            notes.add("the search was stopped: schedules take too long");
        }
    }

    /// Adds notes about what was not tried, or not under control.
    private void addNotes(Strategy strategy) {
        Untried untried = loop.untried();
        List<String> gaps = new ArrayList<>(untried.ofAny(mostSteps));
        if (strategy == Strategy.EXHAUSTIVE) {
            gaps.addAll(untried.ofAllSchedules(mostSteps));
        }
        hasGaps |= !gaps.isEmpty();
        gaps.forEach(notes::add);
        if (loop.effects.hasWaited()) {
            hasGaps = true;
            notes.add(
                    loop.obstacle() == null && loop.effects.hasWaitedOnlyForMonitors()
                            ? "goroutines waited for monitors, and the JVM chose which one entered"
                            : "goroutines waited for I/O, a monitor, or another thread, whose timing is not under"
                                    + " control");
        }
        if (loop.platform.isAny()) {
            hasGaps = true;
            String what = "platform threads were started, which cannot be controlled, so no schedule can be replayed: ";
            notes.add(what, what + loop.platform.names());
        }
        if (loop.effects.foreignThread() instanceof Thread thread) {
            String what = "is not under control, and could not use a channel: start a goroutine instead";
            notes.add(what, "thread \"" + thread.getName() + "\" " + what);
        }
        if (loop.effects.realWait() instanceof String wait) {
            notes.add(PlainClock.explain(""), PlainClock.explain(wait));
        }
        for (String missing : GoferPoints.missing()) { // the run may have loaded classes
            hasGaps = true;
            notes.add("there are no scheduling points in " + missing);
        }
        if (loop.hasSampledAccesses()) {
            hasGaps = true;
            notes.add(
                    "a schedule made more than 10,000 accesses to fields, arrays and the like: after that, only one in"
                            + " a thousand was a scheduling point");
        }
        if (loop.hasRunPlainThreads() && !ExplorerLoop.HAS_POINTS) {
            notes.add("virtual threads that are not goroutines ran: their operations are not scheduling points");
        }
    }

    private void addHang(WorldRunner.HangError hang) {
        schedules++;
        faults.add(fault(hang.failure(), "", loop.choices(), loop.obstacle()));
    }

    private Fault fault(Failure failure, String steps, int[] choices, @Nullable String obstacle) {
        return new Fault(
                failure.message(),
                detail(failure),
                steps,
                obstacle == null ? token(choices, failure) : "",
                obstacle == null ? "" : obstacle,
                schedules,
                failure.thrown());
    }

    private String token(int[] choices, @Nullable Failure failure) {
        return Token.of(choices, loop.races != null, Expected.of(failure, loop, mostSteps));
    }

    private Fault fault(Failure failure, int[] found) {
        String obstacle = loop.obstacle();
        int traceLength = loop.traceLength();
        int[] choices = shrink(failure, found);
        Trace trace = new Trace(choices == found ? traceLength : 0);
        loop.run(body, new Replay(choices), mostSteps, trace);
        Failure rerun = loop.failure;
        if (rerun == null || !rerun.isLike(failure)) {
            obstacle = obstacle != null ? obstacle : "the failure did not occur again with the same choices";
            notes.add("the body is not deterministic: " + obstacle);
            rerun = failure;
        } else if (obstacle == null) {
            obstacle = loop.obstacle();
        }
        discardOutcome();
        return fault(rerun, trace.text(), choices, obstacle);
    }

    /// Returns a schedule with fewer choices that fails in the same way.
    private int[] shrink(Failure failure, int[] found) {
        if (failure.kind() == Failure.Kind.LIVELOCK) {
            return found; // each attempt would take as long
        }
        int[] best = found;
        int runs = 0;
        long start = System.nanoTime();
        for (int chunk = Math.max(1, best.length / 2); chunk >= 1; chunk /= 2) {
            for (int from = Math.max(0, best.length - chunk); from >= 0; from -= chunk) {
                if (!hasChoice(best, from, chunk)) {
                    continue;
                }
                if (runs++ > MAX_SHRINK_RUNS || System.nanoTime() - start > MAX_SHRINK_NANOS) {
                    return best;
                }
                int[] shorter = best.clone();
                for (int i = from; i < Math.min(shorter.length, from + chunk); i++) {
                    shorter[i] = 0;
                }
                loop.run(body, new Replay(shorter), mostSteps, null);
                if (failure.isLike(loop.failure)) {
                    best = loop.choices();
                }
                discardOutcome();
            }
        }
        return best;
    }

    private static boolean hasChoice(int[] choices, int from, int count) {
        for (int i = from; i < Math.min(choices.length, from + count); i++) {
            if (choices[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /// Runs the schedule of a token.
    Exploration replay(String token) {
        int[] choices = Token.parse(token);
        Expected expected = Token.expected(token);
        int most = expected == null ? mostSteps : expected.mostSteps();
        Trace trace = new Trace(0);
        Replay replay = new Replay(choices);
        replay.next();
        schedules = 1;
        try {
            WorldRunner.run(loop, () -> loop.run(body, replay, most, trace));
        } catch (WorldRunner.HangError hang) {
            replayed(hang.failure(), token, expected, trace, replay.isStale());
            return result(Strategy.RANDOM, 0, Exhaustive.UNBOUNDED);
        }
        addNotes(Strategy.RANDOM);
        if (loop.races != null && loop.races.obstacle() instanceof String obstacle) {
            addNote(obstacle);
        }
        replayed(loop.failure, token, expected, trace, replay.isStale());
        if (outcome != null) {
            outcomes.put(outcome.get(), new Outcome(1, token));
        }
        return result(Strategy.RANDOM, 0, Exhaustive.UNBOUNDED);
    }

    /// Records faults for a replay that fails, or that differs from what the token expects.
    private void replayed(
            @Nullable Failure failure, String token, @Nullable Expected expected, Trace trace, boolean isStale) {
        String differs =
                isStale
                        ? "the token belongs to another program, or to another version of this one:"
                                + " not all of its choices could be made"
                        : expected == null ? null : expected.differs(failure, loop);
        if (differs != null) {
            String steps = failure == null ? trace.text() : "";
            faults.add(new Fault(differs, "", steps, token, "", 1, null));
        }
        if (failure != null) {
            faults.add(new Fault(failure.message(), detail(failure), trace.text(), token, "", 1, failure.thrown()));
        }
    }

    private static String detail(Failure failure) {
        return failure.thrown() == null ? failure.dump() : stack(failure.thrown());
    }

    private static String stack(Throwable thrown) {
        return Stacks.text(thrown, Loop::programOf);
    }
}
