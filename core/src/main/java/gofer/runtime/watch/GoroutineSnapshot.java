package gofer.runtime.watch;

import gofer.goroutine.Goroutine;
import gofer.runtime.goroutine.Origin;
import gofer.runtime.goroutine.Party;
import gofer.runtime.park.Sleeper;
import gofer.runtime.park.WaitEdge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A goroutine or other thread as it was at one instant. It does not keep the goroutine alive, only the objects that it
/// waits for.
///
/// @param id the id
/// @param name the name
/// @param origin which goroutine started it, and where; null if it is not a goroutine
/// @param state `runnable`, or what it waits for
/// @param stack the stack
/// @param waits the objects that it waits for
/// @param held the Java monitors that it holds, if they were inspected
/// @param time how long it has waited; zero if it does not wait, or if that is not known
record GoroutineSnapshot(
        long id,
        String name,
        @Nullable Origin origin,
        String state,
        List<StackTraceElement> stack,
        List<WaitEdge> waits,
        List<String> held,
        Duration time) {

    /// The state of a goroutine that does not wait.
    static final String RUNNABLE = "runnable";

    /// The number of attempts to inspect a goroutine. If it changes during each of them, it is certainly awake.
    private static final int ATTEMPTS = 3;

    /// Returns a snapshot in which the wait and the stack belong together.
    static GoroutineSnapshot of(Party party) {
        return of(party, false);
    }

    /// Returns a snapshot as [#of(Party)] does.
    ///
    /// @param monitors whether to include the monitors that it holds, if it waits
    static GoroutineSnapshot of(Party party, boolean monitors) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Goroutine.State state = party.stateNow();
            Sleeper sleeper = party.sleeper();
            int sleep = sleeper == null ? 0 : sleeper.sleep();
            GoroutineSnapshot seen = inspect(party, state, sleeper, monitors);
            if (party.stateNow() == state
                    && party.sleeper() == sleeper
                    && (sleeper == null || sleeper.sleep() == sleep)) {
                return seen;
            }
        }
        return awake(party, Arrays.asList(party.stack()));
    }

    private static GoroutineSnapshot inspect(
            Party party, Goroutine.State state, @Nullable Sleeper sleeper, boolean monitors) {
        List<StackTraceElement> stack = Arrays.asList(party.stack());
        if (state != Goroutine.State.WAITING) {
            return awake(party, stack);
        }
        List<String> held = monitors ? held(party) : List.of();
        if (sleeper != null) {
            return of(party, sleeper.reason().toString(), stack, sleeper.waits(), held, sleeper.time());
        }
        ExternalWait external = ExternalWait.of(threadOf(party), stack);
        return of(party, external.state(), stack, external.waits(), held, Duration.ZERO);
    }

    private static GoroutineSnapshot awake(Party party, List<StackTraceElement> stack) {
        return of(party, RUNNABLE, stack, List.of(), List.of(), Duration.ZERO);
    }

    private static GoroutineSnapshot of(
            Party party,
            String state,
            List<StackTraceElement> stack,
            List<WaitEdge> waits,
            List<String> held,
            Duration time) {
        return new GoroutineSnapshot(party.id(), party.name(), party.origin(), state, stack, waits, held, time);
    }

    private static List<String> held(Party party) {
        ThreadSnapshots.Monitors monitors = ThreadSnapshots.of(threadOf(party));
        return monitors == null ? List.of() : monitors.held().stream().map(JavaMonitor::labelOf).toList();
    }

    /// Returns the thread of `party`, which waits and so has begun.
    private static Thread threadOf(Party party) {
        return Objects.requireNonNull(party.startedThread());
    }

    boolean isGoroutine() {
        return origin != null;
    }

    /// Returns where the program started it; null if it is not a goroutine.
    @Nullable StackTraceElement site() {
        return origin == null ? null : origin.site();
    }

    boolean isWaiting() {
        return !state.equals(RUNNABLE);
    }

    /// Returns a key that is equal for goroutines, or for other threads, that do the same.
    Object kind() {
        List<@Nullable Object> kind = new ArrayList<>(List.of(state, stack));
        kind.add(site());
        for (WaitEdge wait : waits) {
            kind.add(wait.purpose());
            kind.add(wait.target().kind());
            kind.add(wait.target().site());
        }
        kind.add(held.size());
        return kind;
    }

    /// Returns the labels of the objects that it waits for.
    List<String> labels() {
        return waits.stream().map(wait -> wait.target().label()).toList();
    }

    /// Returns this snapshot in a form that keeps nothing alive.
    ///
    /// @param equal an equal stack, which the result uses so that equal stacks are stored once
    /// @param withFacts whether to record the state of the objects that it waits for
    GoroutineSnapshot frozen(List<StackTraceElement> equal, boolean withFacts) {
        List<WaitEdge> frozen = waits.stream().map(wait -> wait.frozen(withFacts)).toList();
        return new GoroutineSnapshot(id, name, origin, state, equal, frozen, held, time);
    }

    /// Returns this snapshot with `blockers` as the blockers of each wait whose blockers are not known.
    GoroutineSnapshot withBlockers(List<Long> blockers) {
        return withWaits(
                wait -> wait.blockers().isEmpty() ? new WaitEdge(wait.purpose(), wait.target(), blockers) : wait);
    }

    /// Returns this snapshot with other waits.
    GoroutineSnapshot withWaits(UnaryOperator<WaitEdge> change) {
        List<WaitEdge> changed = waits.stream().map(change).toList();
        return new GoroutineSnapshot(id, name, origin, state, stack, changed, held, time);
    }

    /// Returns this snapshot with another state.
    GoroutineSnapshot withState(String other) {
        return new GoroutineSnapshot(id, name, origin, other, stack, waits, held, time);
    }
}
