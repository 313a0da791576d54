package gofer.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.fixture.ManualCancellation;
import gofer.goroutine.InterruptException;
import gofer.goroutine.WaitReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Waits that are cancelled at the moment at which they would end. Each ends in exactly one way, and loses no signal.
class WaitStressTest {

    private static final int ROUNDS = 100;
    private static final int WAITERS = 8;

    private static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// A wait with or without a context.
    @FunctionalInterface
    private interface Wait {
        void on(int waiter);
    }

    private final AtomicInteger returned = new AtomicInteger();
    private final AtomicInteger calledOff = new AtomicInteger();
    private final ManualCancellation[] contexts = new ManualCancellation[WAITERS];

    /// Three signals, and three waiters that may give up. Each signal finds a waiter, so three waits succeed.
    @Test
    @SuppressWarnings("AwaitNotInLoop")
    void signalIsNotLostToAWaiterThatGivesUp() {
        Mutex mu = new Mutex();
        Cond cond = new Cond(mu);
        Wait wait =
                i -> {
                    try (var _ = mu.lock()) {
                        if (i % 2 == 0) {
                            cond.await();
                        } else {
                            cond.await(contexts[i]);
                        }
                    }
                };
        for (int round = 0; round < ROUNDS; round++) {
            try (var crew = new Crew()) {
                List<Thread> waiters = waiters(crew, wait, WaitReason.COND_WAIT);
                try (var actors = new Crew()) {
                    actors.thread(() -> {
                        for (int i = 0; i < 3; i++) {
                            cond.signal();
                        }
                    });
                    actors.thread(() -> callOff(waiters, 3));
                }
                Eventually.that("three are awake", () -> returned.get() >= 3);
                Eventually.that("the rest waits", () -> 3 + calledOff.get() + Internals.waiters(cond) == WAITERS);
                assertThat(returned.get()).isEqualTo(3);
                cond.broadcast();
            }
            endOfRound();
            assertThat(Internals.waiters(cond)).isZero();
        }
    }

    @Test
    void waitGroupReleasesAllRemainingWaiters() {
        WaitGroup wg = new WaitGroup();
        Wait wait =
                i -> {
                    if (i % 2 == 0) {
                        wg.await();
                    } else {
                        wg.await(contexts[i]);
                    }
                };
        for (int round = 0; round < ROUNDS; round++) {
            wg.add(2);
            try (var crew = new Crew()) {
                List<Thread> waiters = waiters(crew, wait, WaitReason.WAIT_GROUP_WAIT);
                crew.thread(wg::done);
                crew.go(wg::done);
                crew.thread(() -> callOff(waiters, 3));
            }
            assertThat(calledOff.get()).isLessThanOrEqualTo(3);
            endOfRound();
            assertThat(Internals.waiters(wg)).isZero();
        }
    }

    /// Starts goroutines and threads that wait, and returns when they do.
    private List<Thread> waiters(Crew crew, Wait wait, WaitReason reason) {
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            int index = i;
            contexts[i] = new ManualCancellation();
            waiters.add(
                    i % 4 == 0 ? crew.thread(() -> count(wait, index)) : crew.go(() -> count(wait, index)).thread());
        }
        waiters.forEach(waiter -> Eventually.blocked(waiter, reason));
        return waiters;
    }

    private void count(Wait wait, int index) {
        try {
            wait.on(index);
            returned.incrementAndGet();
        } catch (InterruptException | Cancelled enough) {
            calledOff.incrementAndGet();
        }
    }

    private void callOff(List<Thread> waiters, int n) {
        new Random()
                .ints(0, WAITERS)
                .distinct()
                .limit(n)
                .forEach(i -> {
                    if (i % 2 == 0) {
                        waiters.get(i).interrupt();
                    } else {
                        contexts[i].cancel(new Cancelled());
                    }
                });
    }

    private void endOfRound() {
        assertThat(returned.getAndSet(0) + calledOff.getAndSet(0)).isEqualTo(WAITERS);
        assertThat(contexts).allMatch(context -> context.hooks() == 0);
    }
}
