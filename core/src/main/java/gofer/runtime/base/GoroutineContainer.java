package gofer.runtime.base;

import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;

/// The thread container that lists the goroutines in the JDK's thread dumps.
///
/// Without this container, the JDK keeps a set of all virtual threads. Adding to it and removing from it is most of the
/// cost of starting a thread.
public final class GoroutineContainer extends ThreadContainer {

    /// A strong reference, so that the container stays registered.
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
