package gofer.runtime.base;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Tells [GoroutineContainer] of the goroutines, which are known on a higher floor. Not in that class: without the JVM's internals it
/// cannot be loaded.
public final class ThreadSource {

    static volatile LongSupplier count = () -> 0;
    static volatile Supplier<Stream<Thread>> threads = Stream::empty;

    private ThreadSource() {}

    /// From now on `number` tells how many goroutines there are, and `all` their threads.
    public static void set(LongSupplier number, Supplier<Stream<Thread>> all) {
        count = number;
        threads = all;
    }
}
