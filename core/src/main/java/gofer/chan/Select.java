package gofer.chan;

import gofer.chan.flavor.Cores;
import gofer.goroutine.Cancellation;
import gofer.runtime.annotation.CanIgnoreReturnValue;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.chan.Op;
import gofer.runtime.chan.SelectCore;
import gofer.runtime.park.Tracing;
import gofer.runtime.park.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A select whose arms are registered once: for a set of channels known only at run time, and for hot loops, because it
/// does not allocate.
///
/// {@snippet file="snippets/Handles.java" region="handles"}
///
/// Only one goroutine at a time may use it. Throws [IllegalStateException] if two use it at once.
///
/// **Go:** `reflect.Select`.
@CheckReturnValue
public final class Select {

    private final SelectCore core;
    private final List<SelectCase> cases = new ArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /// Creates a select without arms.
    public Select() {
        this(false);
    }

    private Select(boolean biased) {
        core = new SelectCore(biased);
    }

    /// Creates a select without arms that performs the first of several ready arms, in the order in which they were
    /// added. See [Biased].
    public static Select biased() {
        return new Select(true);
    }

    /// Adds an arm that receives from `chan`.
    @CanIgnoreReturnValue // the caller may recognize this arm by comparing with the others
    public <T> RecvCase<T> recv(RecvChan<T> chan) {
        return add(new RecvCase<>(this, cases.size(), Cores.core(Objects.requireNonNull(chan, "chan"))));
    }

    /// Adds an arm that sends on `chan`. The arm is not ready until [SendCase#offer] gives it a value.
    public <T> SendCase<T> send(SendChan<T> chan) {
        return add(new SendCase<>(this, cases.size(), ((Chan<T>) Objects.requireNonNull(chan, "chan")).core));
    }

    /// Waits until at least one arm is ready, performs one of the ready arms, chosen uniformly at random, and returns
    /// it. If the select is [#biased], performs the first that is ready.
    ///
    /// Throws [ChanClosedException] if the chosen arm is a send and the channel is closed, [IllegalStateException] if
    /// there are no arms, and [gofer.goroutine.InterruptException] if interrupted while waiting.
    ///
    /// **Memory:** the effects of the operation that is performed.
    public SelectCase await() {
        return Objects.requireNonNull(run(null, true));
    }

    /// Selects as [#await()] does. If `ctx` is cancelled first, throws the context's cause and sends or receives
    /// nothing.
    public SelectCase await(Cancellation ctx) {
        return Objects.requireNonNull(run(Objects.requireNonNull(ctx, "ctx"), true));
    }

    /// Selects as [#await()] does if an arm is ready, otherwise returns null: a select with a default.
    public @Nullable SelectCase poll() {
        return run(null, false);
    }

    private @Nullable SelectCase run(@Nullable Cancellation ctx, boolean block) {
        enter();
        try {
            if (cases.isEmpty()) {
                throw new IllegalStateException("select with no arms");
            }
            if (World.wasUsed()) { // otherwise skip the allocation of the array
                World.point(block ? SyncPoint.SELECT : SyncPoint.TRY_SELECT, core.ops());
            }
            int index = block ? core.await(ctx) : core.poll();
            if (index == SelectCore.NONE) {
                return null;
            }
            Tracing.selected(index);
            SelectCase chosen = cases.get(index);
            chosen.onPerformed(core.result());
            return chosen;
        } finally {
            busy.set(false);
        }
    }

    private <C extends SelectCase> C add(C added) {
        enter();
        try {
            core.add(added.op());
            cases.add(added);
            added.enable(true);
            return added;
        } finally {
            busy.set(false);
        }
    }

    /// Sets the operation of the arm at `index`. Null switches the arm off.
    void set(int index, @Nullable Op op) {
        core.set(index, op);
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("Select is used by two goroutines at once");
        }
    }
}
