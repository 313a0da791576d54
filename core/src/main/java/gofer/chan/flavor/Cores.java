package gofer.chan.flavor;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.runtime.chan.ChanCore;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The way from channels to their cores and back, for the floors above: a channel itself shows its core to nobody.
public final class Cores {

    // Written once, by the initializer of Chan: a thread that does not see it yet initializes that class.
    private static @Nullable Function<ChanCore, Chan<?>> wrapper;
    private static @Nullable Function<Chan<?>, ChanCore> opener;

    private Cores() {}

    /// By the class of channels, when it is loaded.
    public static void open(Function<ChanCore, Chan<?>> wraps, Function<Chan<?>, ChanCore> opens) {
        opener = opens;
        wrapper = wraps;
    }

    /// A channel with that core.
    @SuppressWarnings("unchecked") // the core has no type
    public static <T> Chan<T> chan(ChanCore core) {
        Function<ChanCore, Chan<?>> known = wrapper;
        if (known == null) {
            var _ = Chan.never(); // loads the class
            known = Objects.requireNonNull(wrapper);
        }
        return (Chan<T>) known.apply(core);
    }

    /// The core of `chan`.
    public static ChanCore core(RecvChan<?> chan) {
        return switch (chan) {
            case Chan<?> made -> opener().apply(made);
            case TimerChan timed -> timed.timer().core();
        };
    }

    private static Function<Chan<?>, ChanCore> opener() {
        Function<Chan<?>, ChanCore> known = opener;
        if (known == null) {
            var _ = Chan.never();
            known = Objects.requireNonNull(opener);
        }
        return known;
    }
}
