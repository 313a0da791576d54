package gofer.runtime.base;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// A signal of the operating system, and what the JVM does when it arrives.
///
/// The methods that change that are called by one thread at a time. They throw [UnsupportedOperationException] if the
/// program cannot handle the signal.
public final class JvmSignal {

    private static final Set<JvmSignal> HANDLED = ConcurrentHashMap.newKeySet();

    private final String name;
    private final Runnable action;
    private boolean changed; // since the last restore; used by one thread at a time
    private volatile @Nullable SignalHandler original; // what the JVM did before the change

    /// @param name the name of the signal without SIG, as in `INT`
    /// @param action what [#handle] makes the JVM do
    public JvmSignal(String name, Runnable action) {
        this.name = name;
        this.action = action;
    }

    /// Returns whether a signal can make this process run code of the program, because [#handle] was called.
    public static boolean isAnyHandled() {
        return !HANDLED.isEmpty();
    }

    /// Returns the number of the signal on this system.
    public int number() {
        return signal().getNumber();
    }

    /// Makes the JVM run the action whenever the signal arrives, each time on a new platform thread.
    public void handle() {
        if (!HANDLED.contains(this)) {
            Signal signal = signal();
            set(signal, _ -> action.run());
            HANDLED.add(this);
        }
    }

    /// Makes the signal have no effect on this process.
    ///
    /// The signal still reaches the JVM, because HotSpot never again handles a SIGHUP, SIGINT or SIGTERM that was
    /// ignored by [SignalHandler#SIG_IGN].
    public void ignore() {
        Signal signal = signal();
        set(signal, Ignorer.create());
        HANDLED.remove(this);
    }

    /// Returns whether a handler that the JDK calls runs code that can have an effect: false for those of [#ignore].
    ///
    /// @param handler a value of the map `jdk.internal.misc.Signal.handlers`
    static boolean hasEffect(Object handler) throws IllegalAccessException {
        try {
            Field wrapped = handler.getClass().getDeclaredField("handler"); // of sun.misc.Signal$InternalMiscHandler
            wrapped.setAccessible(true);
            return !(wrapped.get(handler) instanceof Ignorer);
        } catch (NoSuchFieldException _) { // another kind of handler
            return true;
        }
    }

    /// Undoes all calls of the two methods above.
    public void restore() {
        if (changed && original instanceof SignalHandler before) {
            set(signal(), before);
            HANDLED.remove(this);
            changed = false;
        }
    }

    /// Does what the JVM did before the change, if that is code in Java. By default it is for the signals that end the
    /// JVM in an orderly way; then this method does not return.
    public void passOn() {
        SignalHandler before = original;
        if (before != null && before != SignalHandler.SIG_DFL && before != SignalHandler.SIG_IGN) {
            before.handle(signal());
        }
    }

    private void set(Signal signal, SignalHandler handler) {
        SignalHandler before;
        try {
            before = Signal.handle(signal, handler);
        } catch (IllegalArgumentException refused) {
            throw new UnsupportedOperationException(
                    "the JVM does not let the program handle " + this + "; perhaps the option -Xrs is set", refused);
        }
        if (!changed) {
            original = before;
            changed = true;
        }
    }

    /// Called first by methods that use other classes of the same module.
    private Signal signal() {
        try {
            return new Signal(name);
        } catch (IllegalArgumentException unknown) {
            throw new UnsupportedOperationException("this system has no " + this, unknown);
        } catch (NoClassDefFoundError missing) {
            throw new UnsupportedOperationException(
                    "signals need the module jdk.unsupported, which this Java runtime does not contain", missing);
        }
    }

    @Override
    public String toString() {
        return "SIG" + name;
    }

    private static final class Ignorer implements SignalHandler {
        /// Not in the outer class, whose verification would then need the module jdk.unsupported.
        static SignalHandler create() {
            return new Ignorer();
        }

        @Override
        public void handle(Signal signal) {}
    }
}
