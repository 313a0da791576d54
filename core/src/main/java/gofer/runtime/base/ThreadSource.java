package gofer.runtime.base;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The goroutines for [GoroutineContainer], from a higher package. It is a separate class because the container cannot
/// be loaded without access to the JDK's internals.
public final class ThreadSource {

    static volatile LongSupplier count = () -> 0;
    static volatile Supplier<Stream<Thread>> threads = Stream::empty;

    private ThreadSource() {}

    /// Sets the functions that return the number of goroutines and their threads.
    public static void set(LongSupplier number, Supplier<Stream<Thread>> all) {
        count = number;
        threads = all;
    }

    /// Returns the threads of the goroutines. Waits while a search for leaks is in progress.
    public static Stream<Thread> all() {
        return threads.get();
    }
}
