package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.chan.Chan;
import java.time.Duration;

/// Two pairs hand over on one processor. One pair does a thousand times as much work each time. Both pairs get about the same
/// time.
final class PingPongHog {

    /// The largest allowed ratio of the times of the two pairs.
    private static final double LIMIT = 20;

    private static volatile boolean done;

    private static final class Pair {

        private final Chan<Boolean> ball = Chan.make();
        private final int work;
        private volatile long count;

        Pair(int work) {
            this.work = work;
        }

        void start() {
            go(this::play);
            go(this::play);
            ball.send(true);
        }

        private void play() {
            while (!done) {
                ball.recv();
                for (int i = 0; i < work; i++) {
                    count = count + 1;
                }
                if (!done) {
                    ball.send(true);
                }
            }
        }
    }

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(1);
            var hogs = new Pair(100_000);
            var light = new Pair(100);
            hogs.start();
            light.start();
            long slices = 40;
            for (long i = 0; i < slices; i++) {
                sleep(Duration.ofMillis(25)); // measures the pairs for this time
            }
            done = true;
            double ratio = (double) hogs.count / light.count;
            System.out.println(
                    ratio > 1 / LIMIT && ratio < LIMIT ? "fair" : "the hogs got " + ratio + " times as much");
        });
    }
}
