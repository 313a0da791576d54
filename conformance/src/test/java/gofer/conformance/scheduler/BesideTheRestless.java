package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Whoever comes from elsewhere gets turns although others hand over to each other, yield, or start each other, without a
/// pause; and those get turns, too.
final class BesideTheRestless {

    private static final int PAIRS = 10;
    private static final int TURNS = 5;

    private static final AtomicBoolean STOP = new AtomicBoolean();

    public static void main(String[] args) {
        Go.main(() -> {
            List<Runnable> restless =
                    List.of(
                            () -> {},
                            () -> go(BesideTheRestless::yieldInterrupted),
                            () -> go(BesideTheRestless::startAnother),
                            () -> Thread.startVirtualThread(BesideTheRestless::yieldAllTheTime));
            for (int procs = 1; procs <= 2; procs++) {
                gomaxprocs(procs);
                restless.forEach(BesideTheRestless::run);
            }
            System.out.println("fair");
        });
    }

    private static void run(Runnable restless) {
        STOP.set(false);
        restless.run();
        var pairs = new WaitGroup();
        Chan<Integer> turnsOfPairs = Chan.make(PAIRS);
        for (int i = 0; i < PAIRS; i++) {
            startPair(pairs, turnsOfPairs);
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
        STOP.set(true);
        pairs.await();
    }

    private static void startPair(WaitGroup pairs, Chan<Integer> turns) {
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        pairs.go(() -> {
            for (int i = 0; !STOP.get(); i++) {
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
        pairs.go(() -> {
            for (int value : there) {
                back.send(value);
            }
        });
    }

    private static void yieldInterrupted() {
        Thread.currentThread().interrupt();
        yieldAllTheTime();
        if (!Thread.interrupted()) {
            throw new AssertionError("the interrupt was lost");
        }
    }

    private static void yieldAllTheTime() {
        while (!STOP.get()) {
            gosched();
        }
    }

    private static void startAnother() {
        if (!STOP.get()) {
            go(BesideTheRestless::startAnother);
        }
    }

    private static void repeat(Runnable turn) {
        for (int i = 0; i < TURNS; i++) {
            turn.run();
        }
    }
}
