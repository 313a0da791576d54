package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whoever comes from elsewhere gets its turns although pairs hand over to each other without a pause; the pairs lose nothing.
final class BesideHandOvers {

    private static final int PAIRS = 10;
    private static final int TURNS = 5;

    public static void main(String[] args) {
        Go.main(() -> {
            for (int procs = 1; procs <= 2; procs++) {
                gomaxprocs(procs);
                run();
            }
            System.out.println("fair");
        });
    }

    private static void run() {
        var stop = new AtomicBoolean();
        var pairs = new WaitGroup();
        for (int i = 0; i < PAIRS; i++) {
            start(pairs, stop);
        }
        var others = new WaitGroup();
        others.go(() -> repeat(() -> sleep(Duration.ofMillis(1))));
        others.go(() -> repeat(() -> after(Duration.ofMillis(1)).recv()));
        others.go(() -> repeat(Go::gosched));
        others.go(() ->
                repeat(() -> {
                    Chan<Integer> started = Chan.make();
                    go(() -> started.send(1));
                    started.recv();
                }));
        others.go(() ->
                repeat(() -> {
                    Chan<Integer> fromOutside = Chan.make();
                    Thread.ofPlatform().start(() -> fromOutside.send(1));
                    fromOutside.recv();
                }));
        others.await();
        stop.set(true);
        pairs.await();
    }

    private static void start(WaitGroup pairs, AtomicBoolean stop) {
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        pairs.go(() -> {
            for (int i = 0; !stop.get(); i++) {
                there.send(i);
                if (back.recv() != i) {
                    throw new AssertionError("a value was lost");
                }
            }
            there.close();
        });
        pairs.go(() -> {
            for (int value : there) {
                back.send(value);
            }
        });
    }

    private static void repeat(Runnable turn) {
        for (int i = 0; i < TURNS; i++) {
            turn.run();
        }
    }
}
