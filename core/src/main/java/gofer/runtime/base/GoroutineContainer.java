package gofer.runtime.base;

import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;

/// Tells the JDK which threads are goroutines, so that its thread dumps list them.
///
/// Otherwise the JDK keeps a set of all virtual threads: to enter and to leave it is most of the cost of starting one.
public final class GoroutineContainer extends ThreadContainer {

    /// Held so that it stays registered.
    public static final GoroutineContainer INSTANCE = new GoroutineContainer();

    private GoroutineContainer() {
        super(true);
        ThreadContainers.registerContainer(this);
    }

    @Override
    public String name() {
        return "goroutines";
    }

    @Override
    public ThreadContainer parent() {
        return ThreadContainers.root();
    }

    @Override
    public long threadCount() {
        return ThreadSource.count.getAsLong();
    }

    @Override
    public Stream<Thread> threads() {
        return ThreadSource.threads.get();
    }
}
