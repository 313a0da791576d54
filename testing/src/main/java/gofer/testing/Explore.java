package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A search that runs the same body under many schedules, and shows one that fails.
///
/// {@snippet file="snippets/Explored.java" region="explore"}
///
/// A schedule fails if an exception escapes a goroutine, if all goroutines are asleep, if some are blocked forever when the
/// body has returned, if it does not end, or if it has a data race: two accesses to a variable, at least one of them a write, of
/// which neither happens before the other. A race is a fault even if it does no harm in the schedule. Every operation of Gofer on a shared object is a scheduling point: another
/// goroutine may run there. A [Strategy] chooses which goroutine runs, which arm of a select is taken, and whether time passes.
/// Between two scheduling points a goroutine is not preempted. So code that shares plain or atomic variables without a lock
/// shows its faults only if it calls [#point] in between; the agent and `./gofer explore` add these calls. The body has to
/// start from the same state each time, and has to be deterministic except for the order of its goroutines. If a run shows that
/// it is not, the [Exploration] has a note.
///
/// Time is virtual, as in a [Bubble], but it may also advance, by up to a minute, while goroutines can run. The goroutines of
/// an abandoned schedule never continue, and are garbage collected. Their `finally` blocks do not run.
///
/// Requires the JVM option `-javaagent:gofer-testing.jar`. The other option of a [Bubble] is enough if plain Java needs neither
/// virtual time nor scheduling points. Without the agent, data races are not searched for.
public final class Explore {

    private final long schedules;
    private Strategy strategy = Strategy.MIXED;
    private long seed = 1;
    private int preemptions = Exhaustive.UNBOUNDED;
    private int steps = 1_000_000;
    private boolean all;
    private boolean racy;
    private @Nullable Supplier<String> outcome;
    private Consumer<Exploration> progress = _ -> {};

    private Explore(long schedules) {
        this.schedules = schedules;
    }

    /// Runs `body` under 1000 schedules. Throws an [AssertionError] for the first that fails. The message has a schedule that is
    /// as short as possible, as a table of its steps, and a token that replays it.
    public static Exploration run(Body body) {
        return schedules(1000).check(body);
    }

    /// Returns a search of at most `most` schedules.
    public static Explore schedules(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("schedules: not positive: " + most);
        }
        return new Explore(most);
    }

    /// Returns a search of all schedules, however many there are.
    public static Explore exhaustively() {
        return schedules(Long.MAX_VALUE).strategy(Strategy.EXHAUSTIVE);
    }

    /// Runs `body` under the schedule of `token`, and fails as [#run] does. Throws [IllegalArgumentException] if `token` is not
    /// a token.
    public static Exploration replay(String token, Body body) {
        return checked(schedules(1).replayed(token, body));
    }

    /// Marks a scheduling point: in an exploration another goroutine may run here. Elsewhere this method does nothing. Call it
    /// before code that uses `shared`, an object outside of Gofer, in a way that other goroutines could observe.
    public static void point(@Nullable Object shared) {
        if (shared != null) {
            World.point(SyncPoint.ACCESS, shared);
        }
    }

    /// Sets the strategy that chooses schedules; the default is [Strategy#MIXED].
    public Explore strategy(Strategy strategy) {
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /// Sets the seed of the choices; the default is 1.
    public Explore seed(long seed) {
        this.seed = seed;
        return this;
    }

    /// Limits the preemptions in each schedule of an exhaustive search: how often another goroutine runs although the current
    /// one could continue. Most faults need one or two. Other strategies have no limit.
    public Explore preemptions(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("preemptions: negative: " + most);
        }
        preemptions = most;
        return this;
    }

    /// Sets the maximum number of steps of a schedule; the default is 1,000,000. The strategy chooses the first 10,000 steps, or
    /// half of the limit if that is less. The rest is chosen at random, so that every goroutine gets its turns and the clock
    /// advances. A schedule that reaches the limit counts as endless. With a limit below 1,000,000 it is abandoned instead, and
    /// the result has a note.
    public Explore steps(int most) {
        if (most <= 0) {
            throw new IllegalArgumentException("steps: not positive: " + most);
        }
        steps = most;
        return this;
    }

    /// Continues after the first fault, and collects all that differ.
    public Explore all() {
        all = true;
        return this;
    }

    /// Does not search for data races. Instead, accesses to plain fields are scheduling points, so schedules show what a race
    /// does, such as a lost update.
    public Explore racy() {
        racy = true;
        return this;
    }

    /// Calls `outcome` after each schedule, and counts each different result: see [Exploration#outcomes].
    public Explore outcome(Supplier<String> outcome) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        return this;
    }

    /// Reports progress to `progress` from time to time.
    public Explore progress(Consumer<Exploration> progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
        return this;
    }

    /// Runs the search. Throws an [AssertionError] with the faults if there are any. Otherwise prints the notes of the result, if
    /// there are any, to standard error, so that a test that ignores the result does not hide them.
    public Exploration check(Body body) {
        return checked(search(body));
    }

    /// Runs the search, and returns the faults in the result instead of throwing.
    public Exploration search(Body body) {
        Explorer explorer = explorer(body, !racy && ExplorerLoop.HAS_POINTS);
        explorer.addBlindSpot(BlindSpots.in(body));
        return explorer.search(strategy, seed, preemptions, schedules, all, progress);
    }

    /// Runs the schedule of `token`, and returns the fault in the result instead of throwing.
    public Exploration replayed(String token, Body body) {
        boolean races = Token.findsRaces(Objects.requireNonNull(token, "token"));
        if (races && !ExplorerLoop.HAS_POINTS) {
            throw new IllegalStateException(
                    "'" + token + "' cannot be replayed: the JVM must be started with -javaagent:gofer-testing.jar");
        }
        return explorer(body, races).replay(token);
    }

    private Explorer explorer(Body body, boolean races) {
        Objects.requireNonNull(body, "body");
        if (World.current() != null) {
            throw new IllegalStateException("Explore called from within a bubble or another exploration");
        }
        return new Explorer(body, steps, races, outcome);
    }

    private static Exploration checked(Exploration result) {
        if (!result.faults().isEmpty()) {
            throw Failure.error(
                    result.faults().stream()
                            .map(Fault::text)
                            .collect(Collectors.joining("\n", "", "\n" + result.summary() + "\n")),
                    result.faults().getFirst().thrown());
        }
        if (!result.notes().isEmpty()) {
            System.err.println("gofer: no fault found in " + result.summary());
        }
        return result;
    }
}
