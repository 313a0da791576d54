package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// One goroutine for each processor: they meet thousands of times without ever waiting. If they did not run in parallel, each
/// meeting would take a time slice, and all meetings would take minutes.
final class SideBySide {

    private static final int MEETINGS = 20_000;

    public static void main(String[] args) {
        Go.main(() -> {
            int procs = 2;
            gomaxprocs(procs);
            meet(procs);
            sleep(Duration.ofMillis(20)); // so that carriers have been idle
            meet(procs);
            System.out.println("fair");
        });
    }

    private static void meet(int procs) {
        var arrivals = new AtomicInteger();
        var all = new WaitGroup();
        for (int i = 0; i < procs; i++) {
            all.go(() -> {
                for (int meeting = 1; meeting <= MEETINGS; meeting++) {
                    arrivals.incrementAndGet();
                    while (arrivals.get() < meeting * procs) {
                        Thread.onSpinWait();
                    }
                }
            });
        }
        all.await();
    }
}
