package gofer.testing;

import gofer.goroutine.Body;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs the same body under many schedules, and shows one under which it goes wrong.
///
/// {@snippet file="snippets/Explored.java" region="explore"}
///
/// It goes wrong if an exception leaves a goroutine, if all are asleep for ever, if some are when the body is over, or if it
/// does not end. Every operation of Gofer on something that goroutines share is a point at which another may get the turn;
/// which one, which arm of a select, and whether time passes is chosen by a [Strategy]. Between two such points a goroutine is
/// not disturbed: code that shares plain or atomic variables without a lock shows its faults only if it calls [#point] in
/// between, which the agent and `./gofer explore` see to by themselves. The body has to start from the same state each time, and to be
/// deterministic but for the order of goroutines: what was noticed to be otherwise is in the notes of the [Exploration].
///
/// Time is virtual, as in a [Bubble]; but it may also pass, up to a minute, while goroutines could go on. A schedule that is
/// given up leaves its goroutines where they are, for the garbage collector: their `finally` blocks do not run.
///
/// Needs the JVM option `-javaagent:gofer-testing.jar`, or, without virtual time and points for plain Java, the other one of a
/// [Bubble].
public final class Explore {

    private final long schedules;
    private Strategy strategy = Strategy.MIXED;
    private long seed = 1;
    private int preemptions = Exhaustive.UNBOUNDED;
    private int steps = 1_000_000;
    private boolean all;
    private @Nullable Supplier<String> outcome;
    private Consumer<Exploration> progress = _ -> {};

    private Explore(long schedules) {
        this.schedules = schedules;
    }

    /// Runs `body` under 1000 schedules. Throws an [AssertionError] with the first that goes wrong, made as short as can be, a
    /// table of its steps, and a token that replays it.
    public static Exploration run(Body body) {
        return schedules(1000).check(body);
    }

    /// A search of at most so many schedules.
    public static Explore schedules(long most) {
        if (most <= 0) {
            throw new IllegalArgumentException("schedules: not positive: " + most);
        }
        return new Explore(most);
    }

    /// A search of all schedules there are, however many.
    public static Explore exhaustively() {
        return schedules(Long.MAX_VALUE).strategy(Strategy.EXHAUSTIVE);
    }

    /// Runs `body` under the schedule of `token`, with a failure as [#run]. Throws [IllegalArgumentException] if it is not a
    /// token.
    public static Exploration replay(String token, Body body) {
        return thrown(schedules(1).replayed(token, body));
    }

    /// In an exploration, another goroutine may get the turn here; elsewhere this does nothing. For code that is about to
    /// use `shared`, which is none of Gofer's, in a way that others could notice.
    public static void point(@Nullable Object shared) {
        if (shared != null) {
            World.point(SyncPoint.ACCESS, shared);
        }
    }

    /// The way in which schedules are chosen.
    public Explore strategy(Strategy strategy) {
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    /// What the choices depend on; 1 unless told.
    public Explore seed(long seed) {
        this.seed = seed;
        return this;
    }

    /// An exhaustive search takes the turn from a goroutine that could go on at most so many times in a schedule. Most
    /// faults need one or two. Other strategies have no bound.
    public Explore preemptions(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("preemptions: negative: " + most);
        }
        preemptions = most;
        return this;
    }

    /// How many steps a schedule may have; 1,000,000 unless told. It goes under the strategy for at most half of them,
    /// and 10,000, and then at random, so that every goroutine gets its turns and the clock moves. If it does not end even so, it
    /// counts as one that never ends; with a limit below 1,000,000 there is a note instead, that it was given up.
    public Explore steps(int most) {
        if (most <= 0) {
            throw new IllegalArgumentException("steps: not positive: " + most);
        }
        steps = most;
        return this;
    }

    /// Goes on after the first fault, and collects all that differ.
    public Explore all() {
        all = true;
        return this;
    }

    /// Asks `outcome` after each schedule, and counts what differs: see [Exploration#outcomes].
    public Explore outcome(Supplier<String> outcome) {
        this.outcome = Objects.requireNonNull(outcome, "outcome");
        return this;
    }

    /// Tells `progress` now and then how far it is.
    public Explore progress(Consumer<Exploration> progress) {
        this.progress = Objects.requireNonNull(progress, "progress");
        return this;
    }

    /// Searches. Throws an [AssertionError] with what went wrong.
    public Exploration check(Body body) {
        return thrown(search(body));
    }

    /// Searches, and throws nothing: what went wrong is in the answer.
    public Exploration search(Body body) {
        Explorer explorer = explorer(body);
        explorer.cannotSee(BlindSpots.in(body));
        return explorer.search(strategy, seed, preemptions, schedules, all, progress);
    }

    /// Runs the schedule of `token`, and throws nothing if that goes wrong.
    public Exploration replayed(String token, Body body) {
        return explorer(body).replay(Objects.requireNonNull(token, "token"));
    }

    private Explorer explorer(Body body) {
        Objects.requireNonNull(body, "body");
        if (World.current() != null) {
            throw new IllegalStateException("Explore called from within a bubble or another exploration");
        }
        return new Explorer(body, steps, outcome);
    }

    private static Exploration thrown(Exploration result) {
        if (!result.faults().isEmpty()) {
            throw Failure.error(
                    result.faults().stream()
                            .map(Fault::text)
                            .collect(Collectors.joining("\n", "", "\n" + result.summary() + "\n")),
                    result.faults().getFirst().thrown());
        }
        return result;
    }
}
