package gofer.signal;

import gofer.chan.Chan;
import gofer.chan.SendChan;
import gofer.chan.flavor.Cores;
import gofer.context.CancelContext;
import gofer.context.Context;
import gofer.runtime.annotation.CheckReturnValue;
import gofer.runtime.base.InlineCallback;
import gofer.runtime.base.SyncPoint;
import gofer.runtime.park.World;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/// Functions that change what the program does when a signal arrives.
///
/// {@snippet file="snippets/Shutdown.java" region="shutdown"}
///
/// By default, SIGHUP, SIGINT and SIGTERM end the program: the JVM runs its shutdown hooks and exits with the status of
/// the signal ([Signal#status]). While a channel or a context receives a signal, the signal has no other effect.
///
/// Signals concern the whole program. In a bubble or an exploration, these functions throw
/// [UnsupportedOperationException]. They also throw it if the program cannot handle the signal: because the JVM was
/// started with `-Xrs`, the system does not have the signal, or the Java runtime lacks the module `jdk.unsupported`. If
/// one of SIGHUP, SIGINT and SIGTERM was ignored when the JVM was started, for example by `nohup`, it remains ignored.
///
/// While a channel or a context receives signals, a goroutine that waits does not count as blocked forever.
///
/// **Go:** the package `os/signal`.
@CheckReturnValue
public final class Signals {

    private Signals() {}

    /// Sends each of the signals to `chan` when it arrives, in addition to those of earlier calls with `chan`. A signal
    /// can go to several channels.
    ///
    /// The send does not wait: if the channel is full, it loses the signal. A channel for one signal needs a buffer of
    /// 1. A channel that is closed receives no more signals, as after [#stop].
    ///
    /// **Go:** `signal.Notify`. Without signals that means all signals, which the JVM does not support.
    public static void notify(SendChan<? super Signal> chan, Signal signal, Signal... more) {
        Objects.requireNonNull(chan, "chan");
        Set<Signal> signals = set(signal, more);
        checkWorld();
        Cores.core((Chan<?>) chan).checkUse(SyncPoint.SEND, null);
        Receivers.add(new Receiver.ToChannel(chan), signals);
    }

    /// Returns a context that is cancelled by the first of the signals, or when `parent` is done, or when it is
    /// cancelled or closed. After a signal, its cause is a [SignalException].
    ///
    /// When the context is done, it receives no more signals. If nothing else receives them, the next signal has its
    /// default effect. So a second Ctrl-C ends a program that takes too long to end.
    ///
    /// **Go:** `signal.NotifyContext`. There the signals are lost until the program calls `stop`.
    public static CancelContext notifyContext(Context parent, Signal signal, Signal... more) {
        Objects.requireNonNull(parent, "parent");
        Set<Signal> signals = set(signal, more);
        checkWorld();
        CancelContext ctx = parent.withCancel();
        Receiver receiver = new Receiver.ToContext(ctx);
        try {
            Receivers.add(receiver, signals);
        } catch (UnsupportedOperationException refused) {
            ctx.cancel();
            throw refused;
        }
        ctx.afterFunc((InlineCallback) () -> Receivers.remove(receiver));
        return ctx;
    }

    /// Sends no more signals to `chan`, also none that has arrived already. Signals that nothing else receives have
    /// their default effect again. The channel stays open.
    public static void stop(SendChan<? super Signal> chan) {
        Objects.requireNonNull(chan, "chan");
        checkWorld();
        Receivers.remove(new Receiver.ToChannel(chan));
    }

    /// Ignores the signals. No channel and no context receives them any more.
    ///
    /// **Go:** `signal.Ignore`. There also the processes that this one starts ignore the signals. Here they do not.
    public static void ignore(Signal signal, Signal... more) {
        Set<Signal> signals = set(signal, more);
        checkWorld();
        Receivers.ignore(signals);
    }

    /// Undoes the effect of the other functions on the signals, or on all signals if none is given: no channel and no
    /// context receives them, and they have their default effect.
    public static void reset(Signal... signals) {
        Set<Signal> all = EnumSet.allOf(Signal.class);
        Set<Signal> some = Objects.requireNonNull(signals, "signals").length == 0 ? all : set(signals[0], signals);
        checkWorld();
        Receivers.reset(some);
    }

    private static Set<Signal> set(Signal signal, Signal[] more) {
        Set<Signal> signals = EnumSet.of(Objects.requireNonNull(signal, "signal"));
        for (Signal each : Objects.requireNonNull(more, "more")) {
            signals.add(Objects.requireNonNull(each, "signal"));
        }
        return signals;
    }

    private static void checkWorld() {
        if (World.current() != null) {
            throw new UnsupportedOperationException(
                    "signals concern the whole program, so they cannot be used in a bubble or an exploration");
        }
    }
}
