package gofer.signal;

import gofer.chan.ChanClosedException;
import gofer.chan.SendChan;
import gofer.context.CancelContext;
import gofer.runtime.base.JvmSignal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The receivers of one signal.
final class Receivers {

    /*
     * The JVM calls `deliver` on a new thread for each signal. That thread holds the lock while it sends to channels,
     * which does not block. So after a channel was removed, it receives no more signals.
     *
     * A context is removed before it is cancelled. So a goroutine that sees the end of the context knows that the next
     * signal has its default effect. A signal that finds only contexts that have ended also has it. The context is cancelled, and the default effect happens, without the lock: the
     * cancellation starts functions of the program, and the end of the JVM waits for its shutdown hooks.
     *
     * The removal of the last receiver may overtake a signal that is on its way. Then `deliver` finds no receiver, and
     * the signal has its default effect.
     */

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<Signal, Receivers> ALL = new EnumMap<>(Signal.class);

    static {
        for (Signal signal : Signal.values()) {
            ALL.put(signal, new Receivers(signal));
        }
    }

    private final Signal signal;
    private final JvmSignal jvm; // changed under LOCK
    private final Set<Receiver> receivers = new LinkedHashSet<>(); // guarded by LOCK
    private boolean ignored; // guarded by LOCK

    private Receivers(Signal signal) {
        this.signal = signal;
        this.jvm = new JvmSignal(signal.name().substring("SIG".length()), this::deliver);
    }

    static Receivers of(Signal signal) {
        return Objects.requireNonNull(ALL.get(signal));
    }

    /// Returns the number of the signal.
    int number() {
        return jvm.number();
    }

    /// Adds `receiver` to those of all of `signals`, or throws and adds it to none.
    static void add(Receiver receiver, Set<Signal> signals) {
        change(
                signals,
                JvmSignal::handle,
                each -> {
                    each.receivers.add(receiver);
                    each.ignored = false;
                });
    }

    /// Removes all receivers of `signals`, and makes the JVM ignore them.
    static void ignore(Set<Signal> signals) {
        change(
                signals,
                JvmSignal::ignore,
                each -> {
                    each.receivers.clear();
                    each.ignored = true;
                });
    }

    /// Removes all receivers of `signals`, which have their default effect from now on.
    static void reset(Set<Signal> signals) {
        change(
                signals,
                JvmSignal::restore,
                each -> {
                    each.receivers.clear();
                    each.ignored = false;
                });
    }

    /// Changes what the JVM does with each of `signals`, and then the receivers. If the JVM refuses one of the changes,
    /// undoes the others and throws.
    private static void change(Set<Signal> signals, Consumer<JvmSignal> inJvm, Consumer<Receivers> here) {
        LOCK.lock();
        try {
            signals.forEach(signal -> inJvm.accept(of(signal).jvm));
            signals.forEach(signal -> here.accept(of(signal)));
        } catch (UnsupportedOperationException refused) {
            signals.forEach(signal -> of(signal).apply());
            throw refused;
        } finally {
            LOCK.unlock();
        }
    }

    /// Removes `receiver` from those of all signals.
    static void remove(Receiver receiver) {
        LOCK.lock();
        try {
            for (Receivers each : ALL.values()) {
                if (each.receivers.remove(receiver)) {
                    each.apply();
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    /// Tells the JVM what to do with the signal. The caller holds the lock.
    private void apply() {
        if (!receivers.isEmpty()) {
            jvm.handle();
        } else if (ignored) {
            jvm.ignore();
        } else {
            jvm.restore();
        }
    }

    private void deliver() {
        List<CancelContext> contexts = new ArrayList<>();
        boolean unwanted;
        LOCK.lock();
        try {
            unwanted = !ignored;
            for (Receiver each : List.copyOf(receivers)) {
                switch (each) {
                    case Receiver.ToChannel(var chan) when send(chan) -> unwanted = false;
                    case Receiver.ToChannel _ -> remove(each);
                    case Receiver.ToContext(var ctx) -> {
                        remove(each);
                        contexts.add(ctx);
                    }
                }
            }
        } finally {
            LOCK.unlock();
        }
        for (CancelContext ctx : contexts) {
            var cause = new SignalException(signal);
            ctx.cancel(cause);
            if (ctx.cause() == cause) { // else it had ended before, and has not received the signal
                unwanted = false;
            }
        }
        if (unwanted) {
            jvm.passOn();
        }
    }

    /// Sends the signal, unless the channel is full. Returns false if the channel is closed.
    private boolean send(SendChan<? super Signal> chan) {
        try {
            var _ = chan.trySend(signal);
            return true;
        } catch (ChanClosedException closed) {
            return false;
        }
    }
}
