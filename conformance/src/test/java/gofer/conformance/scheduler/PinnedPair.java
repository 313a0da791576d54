package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;

/// Two goroutines that are pinned to the only two carriers hand over to each other. No other goroutine can run meanwhile. That
/// must not delay the two.
final class PinnedPair {

    /// In this time, the starvation guard notices that its probe does not run.
    private static final long TIME = 100_000_000;

    private static final Chan<Integer> THERE = Chan.make();
    private static final Chan<Integer> BACK = Chan.make();

    /// A thread that initializes a class is pinned to its carrier.
    private static final class Here {
        static final int TURNS = play();

        private static int play() {
            int turns = 0;
            for (long start = System.nanoTime(); System.nanoTime() - start < TIME; turns++) {
                THERE.send(turns);
                BACK.recv();
            }
            THERE.close();
            return turns;
        }
    }

    private static final class Across {
        static final int TURNS = play();

        private static int play() {
            int turns = 0;
            for (int turn : THERE) {
                BACK.send(turn);
                turns++;
            }
            return turns;
        }
    }

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(2);
            var both = new WaitGroup();
            both.go(() -> System.out.print(Across.TURNS > 0 ? "" : "not one turn\n"));
            both.go(() -> System.out.print(Here.TURNS > 0 ? "" : "not one turn\n"));
            both.await();
            System.out.println("fair");
        });
    }
}
