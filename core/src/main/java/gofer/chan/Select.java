package gofer.chan;

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

/// A select whose arms are registered once: for a set of channels that is known only at run time, and for hot loops,
/// where it allocates nothing.
///
/// {@snippet file="snippets/Handles.java" region="handles"}
///
/// For one goroutine at a time; [IllegalStateException] if two use it at once.
///
/// **Go:** `reflect.Select`.
@CheckReturnValue
public final class Select {

    private final SelectCore core = new SelectCore();
    private final List<SelectCase> cases = new ArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /// A select without arms yet.
    public Select() {}

    /// Adds an arm that receives from `chan`.
    @CanIgnoreReturnValue // with others it can be told by them
    public <T> RecvCase<T> recv(RecvChan<T> chan) {
        return add(new RecvCase<>(this, cases.size(), Selects.op(chan).core()));
    }

    /// Adds an arm that sends on `chan`, once it is given a value by [SendCase#offer].
    public <T> SendCase<T> send(SendChan<T> chan) {
        return add(new SendCase<>(this, cases.size(), ((Chan<T>) Objects.requireNonNull(chan, "chan")).core));
    }

    /// Carries out one arm that is ready, chosen uniformly among those that are, and returns it; waits until there is
    /// one.
    ///
    /// Throws [ChanClosedException] if the arm is a send and the channel closed, [IllegalStateException] if there are no
    /// arms, and [gofer.goroutine.InterruptException] if interrupted while it waits.
    ///
    /// **Memory:** as the operation that is carried out.
    public SelectCase await() {
        return Objects.requireNonNull(run(null, true));
    }

    /// As [#await()], unless `ctx` is cancelled first: then throws the context's cause, and nothing is sent or received.
    public SelectCase await(Cancellation ctx) {
        return Objects.requireNonNull(run(Objects.requireNonNull(ctx, "ctx"), true));
    }

    /// As [#await()] if an arm is ready; else null: a select with a default.
    public @Nullable SelectCase poll() {
        return run(null, false);
    }

    private @Nullable SelectCase run(@Nullable Cancellation ctx, boolean block) {
        enter();
        try {
            if (cases.isEmpty()) {
                throw new IllegalStateException("select with no arms");
            }
            if (World.isAny()) { // else spares the array
                World.point(block ? SyncPoint.SELECT : SyncPoint.TRY_SELECT, core.ops());
            }
            int index = block ? core.await(ctx) : core.poll();
            if (index == SelectCore.NONE) {
                return null;
            }
            Tracing.selected(index);
            SelectCase chosen = cases.get(index);
            chosen.carriedOut(core.answer());
            return chosen;
        } finally {
            busy.set(false);
        }
    }

    private <C extends SelectCase> C add(C added) {
        enter();
        try {
            core.add(added.channel());
            cases.add(added);
            added.enable(true);
            return added;
        } finally {
            busy.set(false);
        }
    }

    /// Makes `op` what the arm at `index` would do; null switches it off.
    void set(int index, @Nullable Op op) {
        core.set(index, op);
    }

    private void enter() {
        if (!busy.compareAndSet(false, true)) {
            throw new IllegalStateException("Select is used by two goroutines at once");
        }
    }
}
