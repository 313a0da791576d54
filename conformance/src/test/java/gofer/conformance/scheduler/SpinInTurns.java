package gofer.conformance.scheduler;

import static gofer.Go.*;

import gofer.Go;
import gofer.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicInteger;

/// More goroutines than processors pass a token by spinning, and never wait.
final class SpinInTurns {

    private static final int GOROUTINES = 5;
    private static final int ROUNDS = 20;

    public static void main(String[] args) {
        Go.main(() -> {
            gomaxprocs(2);
            var token = new AtomicInteger();
            var all = new WaitGroup();
            for (int i = 0; i < GOROUTINES; i++) {
                int me = i;
                all.go(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        while (token.get() % GOROUTINES != me) {
                            Thread.onSpinWait();
                        }
                        token.incrementAndGet();
                    }
                });
            }
            all.await();
            System.out.println(token.get() == GOROUTINES * ROUNDS ? "fair" : token);
        });
    }
}
