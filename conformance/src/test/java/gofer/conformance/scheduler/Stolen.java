package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import java.util.concurrent.atomic.AtomicInteger;

/// An idle processor steals goroutines that a busy one has started: from the queue, and from the slot for the next one.
final class Stolen {

    private static final int MANY = 1000;

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(2);
            for (int many : new int[] {1, 2, MANY}) {
                var ran = new AtomicInteger();
                for (int i = 0; i < many; i++) {
                    go(ran::incrementAndGet);
                }
                while (ran.get() < many) {
                    Thread.onSpinWait();
                }
            }
            System.out.println("fair");
        });
    }
}
