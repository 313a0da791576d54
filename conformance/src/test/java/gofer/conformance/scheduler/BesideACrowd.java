package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A goroutine that sleeps gets about as many turns as each of many others that compute a little and then yield, or hand over.
final class BesideACrowd {

    private static final int CROWD = 600;
    private static final long WORK = 100_000; // nanoseconds
    private static final int SLEEPS = 10;

    /// The largest allowed ratio of the turns of each of the others.
    private static final double LIMIT = 4;

    private static final AtomicLong TURNS = new AtomicLong();

    private static volatile boolean stop;

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            var yielders = new WaitGroup();
            for (int i = 0; i < CROWD; i++) {
                yielders.go(BesideACrowd::yieldAllTheTime);
            }
            double first = turnsForOneSleep();
            stop = true;
            yielders.await();
            for (int i = 0; i < CROWD / 2; i++) {
                startPair();
            }
            double ratio = Math.max(first, turnsForOneSleep());
            System.out.println(ratio < LIMIT ? "fair" : "each of the crowd got " + ratio + " turns for one sleep");
        });
    }

    /// Returns the number of turns that each of the others gets during one sleep.
    private static double turnsForOneSleep() {
        sleep(Duration.ofMillis(1)); // returns when all others have had a turn
        long before = TURNS.get();
        for (int i = 0; i < SLEEPS; i++) {
            sleep(Duration.ofMillis(1));
        }
        return (double) (TURNS.get() - before) / CROWD / SLEEPS;
    }

    private static void yieldAllTheTime() {
        while (!stop) {
            compute();
            gosched();
        }
    }

    private static void startPair() {
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
