package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Goroutines wake up and timer functions run in time although others compute, yield, or poll channels without end.
final class TimersAndHogs {

    public static void main(String[] args) {
        Go.main(() -> {
            for (int procs = 1; procs <= 2; procs++) {
                gomaxprocs(procs);
                sleepAmongHogs();
                runAmongYielders();
            }
            System.out.println("fair");
        });
    }

    private static void sleepAmongHogs() {
        var stop = new AtomicBoolean();
        var hogs = new WaitGroup();
        for (int i = 0; i < 3; i++) {
            hogs.go(() -> {
                while (!stop.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        for (int i = 0; i < 10; i++) {
            sleep(Duration.ofNanos(1));
        }
        stop.set(true);
        hogs.await();
    }

    private static void runAmongYielders() {
        var stop = new AtomicBoolean();
        Chan<Integer> empty = Chan.make();
        var all = new WaitGroup();
        all.go(() -> {
            while (!stop.get()) {
                gosched();
            }
        });
        all.go(() -> {
            while (!stop.get()) {
                var _ = trySelect(empty);
            }
        });
        afterFunc(Duration.ofMillis(1), () -> stop.set(true));
        all.await();
    }
}
