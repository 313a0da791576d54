package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A sleeper gets about as many turns as each of a crowd, all of whom compute a little and then hand over.
final class BesideACrowd {

    private static final int PAIRS = 300;
    private static final long WORK = 100_000; // nanoseconds
    private static final int SLEEPS = 10;

    /// So many times as much each of the crowd may get.
    private static final double LIMIT = 4;

    private static final AtomicLong TURNS = new AtomicLong();

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            for (int i = 0; i < PAIRS; i++) {
                start();
            }
            sleep(Duration.ofMillis(1)); // back when all have had a turn
            long before = TURNS.get();
            for (int i = 0; i < SLEEPS; i++) {
                sleep(Duration.ofMillis(1));
            }
            double ratio = (double) (TURNS.get() - before) / PAIRS / SLEEPS;
            System.out.println(
                    ratio < LIMIT ? "fair" : "each of the crowd got " + ratio + " turns for one of the sleeper");
        });
    }

    private static void start() {
        Chan<Integer> there = Chan.make();
        Chan<Integer> back = Chan.make();
        go(() -> {
            for (; ; ) {
                compute();
                there.send(1);
                back.recv();
            }
        });
        go(() -> {
            for (; ; ) {
                there.recv();
                compute();
                back.send(1);
            }
        });
    }

    private static void compute() {
        for (long start = System.nanoTime(); System.nanoTime() - start < WORK; ) {
            Thread.onSpinWait();
        }
        TURNS.incrementAndGet();
    }
}
