package gofer.chan.flavor;

import gofer.chan.Chan;
import gofer.chan.RecvChan;
import gofer.runtime.chan.ChanCore;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Conversion between channels and their cores for the packages above. A channel does not expose its core otherwise.
public final class Cores {

    // Written once, by the initializer of Chan. A thread that does not see the value initializes that class.
    private static @Nullable Function<ChanCore, Chan<?>> wrapper;
    private static @Nullable Function<Chan<?>, ChanCore> opener;

    private Cores() {}

    /// Receives the conversions from the static initializer of `Chan`.
    public static void open(Function<ChanCore, Chan<?>> wraps, Function<Chan<?>, ChanCore> opens) {
        opener = opens;
        wrapper = wraps;
    }

    /// Returns a channel with `core`.
    @SuppressWarnings("unchecked") // the core has no element type
    public static <T> Chan<T> chan(ChanCore core) {
        Function<ChanCore, Chan<?>> known = wrapper;
        if (known == null) {
            var _ = Chan.never(); // loads the class
            known = Objects.requireNonNull(wrapper);
        }
        return (Chan<T>) known.apply(core);
    }

    /// Returns the core of `chan`.
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
