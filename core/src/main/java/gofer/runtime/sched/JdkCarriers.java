package gofer.runtime.sched;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers for the threads of the JDK's scheduler, for traces.
final class JdkCarriers {

    /// The numbers by the names of the threads: `ForkJoinPool-1-worker-3`.
    private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private JdkCarriers() {}

    /// Returns the number of the thread that carries `current`, the current virtual thread. The first one that is seen gets
    /// 0, the next one 1, and so on. Returns -1 if the JDK does not tell it.
    ///
    /// The JDK shows the carrier only in the text of a virtual thread: `VirtualThread[#31]/runnable@ForkJoinPool-1-worker-3`.
    static int numberOf(Thread current) {
        String text = current.toString();
        int at = text.lastIndexOf('@');
        if (at < text.lastIndexOf(']')) {
            return -1;
        }
        String carrier = text.substring(at + 1);
        Integer known = NUMBERS.get(carrier);
        return known != null ? known : NUMBERS.computeIfAbsent(carrier, _ -> COUNT.getAndIncrement());
    }
}
