package app;

import static gofer.Go.go;
import static gofer.Go.sleep;

import gofer.chan.Chan;
import gofer.sync.Mutex;
import java.time.Duration;

/// Goroutines that the tools report, and a channel for requests.
public final class Work {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static final Chan<String> ORDERS = Chan.named("orders", 0);
    private static final Chan<Integer> TICKS = Chan.make();
    private static final Mutex TILL = new Mutex();
    private static final Object KEY = new Object();

    private Work() {}

    /// Starts all goroutines, and returns.
    ///
    /// @param place a part of the names of the goroutines; a process can call this more than once, each time with its own copy
    ///     of Gofer
    public static void start(String place) {
        go("consumer of " + place, () -> ORDERS.recv());
        go("forgotten in " + place, () -> Chan.make().recv());
        go(
                "ticker",
                () -> {
                    for (int i = 0; ; i++) {
                        sleep(MOMENT);
                        TICKS.send(i);
                    }
                });
        go("counter", Work::count);
        go("first teller", Work::serve);
        go("second teller", Work::serve);
        go("keeper of the key", Work::keepKey);
    }

    /// Waits on the channel of orders, and owns a Java monitor that another goroutine needs.
    private static void keepKey() {
        synchronized (KEY) {
            go("visitor", Work::takeKey);
            ORDERS.recv();
        }
    }

    private static void takeKey() {
        synchronized (KEY) {
            ORDERS.send("in");
        }
    }

    private static void count() {
        while (true) TICKS.recv();
    }

    private static void serve() {
        while (true) {
            TILL.lock();
            sleep(MOMENT);
            TILL.unlock();
        }
    }

    /// Waits on the thread of a request until a reply is sent.
    public static String request() {
        return Chan.<String>named("replies", 0).recv();
    }
}
