package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Goroutines that become ready get turns although others hand over to each other, yield, or start each other without a pause.
/// Those others also get turns.
final class BesideTheRestless {

    private static final int PAIRS = 10;
    private static final int TURNS = 5;

    private final AtomicBoolean stop = new AtomicBoolean();
    private final WaitGroup restless = new WaitGroup();

    public static void main(String[] args) {
        Go.main(() -> {
            List<Consumer<BesideTheRestless>> more =
                    List.of(
                            _ -> {},
                            all -> all.restless.go(all::yieldInterrupted),
                            all -> all.restless.go(all::startAnother),
                            BesideTheRestless::yieldAsAThread);
            for (int procs = 1; procs <= 2; procs++) {
                gomaxprocs(procs);
                more.forEach(one -> new BesideTheRestless().run(one));
            }
            System.out.println("fair");
        });
    }

    /// Starts the pairs and `more`, and runs next to them.
    private void run(Consumer<BesideTheRestless> more) {
        more.accept(this);
        Chan<Integer> turnsOfPairs = Chan.make(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            startPair(turnsOfPairs);
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
        for (int i = 0; i < PAIRS; i++) {
            turnsOfPairs.recv();
        }
        stop.set(true);
        restless.await();
    }

    private void startPair(Chan<Integer> turns) {
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        restless.go(() -> {
            for (int i = 0; !stop.get(); i++) {
                there.send(i);
                if (back.recv() != i) {
                    throw new AssertionError("a value was lost");
                }
                if (i == 1000) {
                    turns.send(i);
                }
            }
            there.close();
        });
        restless.go(() -> {
            for (int value : there) {
                back.send(value);
            }
        });
    }

    private void yieldInterrupted() {
        Thread.currentThread().interrupt();
        yieldAllTheTime();
        if (!Thread.interrupted()) {
            throw new AssertionError("the interrupt was lost");
        }
    }

    private void yieldAllTheTime() {
        while (!stop.get()) {
            gosched();
        }
    }

    private void yieldAsAThread() {
        restless.add(1);
        Thread.startVirtualThread(() -> {
            yieldAllTheTime();
            restless.done();
        });
    }

    private void startAnother() {
        if (!stop.get()) {
            restless.go(this::startAnother);
        }
    }

    private static void repeat(Runnable turn) {
        for (int i = 0; i < TURNS; i++) {
            turn.run();
        }
    }
}
