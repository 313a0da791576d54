package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import gofer.sync.WaitGroup;

/// Two goroutines that cannot leave their carriers, the only ones there are, hand over to each other. Nobody can come in
/// meanwhile, and they need not wait for that.
final class PinnedPair {

    /// Long enough for the starvation guard to notice that its probe does not come in.
    private static final long TIME = 100_000_000;

    private static final Chan<Integer> THERE = Chan.make();
    private static final Chan<Integer> BACK = Chan.make();

    /// Who initialises a class cannot leave its carrier.
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
