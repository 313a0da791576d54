package gofer.conformance.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gofer.Go;
import gofer.conformance.Pins;
import gofer.fixture.Crew;
import gofer.fixture.Eventually;
import gofer.goroutine.Goroutine;
import gofer.goroutine.WaitReason;
import gofer.sync.Mutex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Tests which goroutine gets a mutex next: in general a running one, and among the waiters the first. A goroutine that has
/// waited for long is handed the mutex.
class MutexFairnessTest {

    private static final long STARVATION_NANOS = 1_000_000;

    private final Mutex mu = new Mutex();
    private final List<Integer> served = new ArrayList<>(); // guarded by mu

    /// Starts goroutines that queue for the locked mutex in the order of their numbers.
    private List<Goroutine> queue(Crew crew, int from, int to) {
        List<Goroutine> waiters = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int me = i;
            Goroutine waiter =
                    crew.go(() -> {
                        try (var _ = mu.lock()) {
                            served.add(me);
                        }
                    });
            Eventually.blocked(waiter, WaitReason.MUTEX_LOCK);
            waiters.add(waiter);
        }
        return waiters;
    }

    /// Unlocks the mutex, which wakes `first`, and locks it again before `first` does. Returns false if `first` was faster.
    private boolean overtake(Goroutine first) {
        mu.unlock();
        if (!mu.tryLock()) {
            return false;
        }
        Eventually.that(
                "it has lost, or was faster",
                () -> first.waitReason() == WaitReason.MUTEX_LOCK || first.state() == Goroutine.State.ENDED);
        boolean lost = first.state() != Goroutine.State.ENDED;
        if (!lost) {
            mu.unlock();
        }
        return lost;
    }

    @Test
    @Pins("MU-04")
    void waitersAreServedInOrder() {
        mu.lock();
        try (var crew = new Crew()) {
            queue(crew, 0, 20);
            mu.unlock();
        }
        assertThat(served).hasSize(20).isSorted();
    }

    /// A running goroutine overtakes the first waiter. The first waiter stays the first.
    @Test
    @Pins({"MU-03", "MU-04"})
    void runningGoroutineCanOvertakeAndTheLoserStaysFirst() {
        for (boolean lost = false; !lost; ) {
            served.clear();
            mu.lock();
            try (var crew = new Crew()) {
                Goroutine first = queue(crew, 0, 5).getFirst();
                lost = overtake(first);
                if (lost) {
                    assertThat(served).isEmpty();
                    mu.unlock();
                }
            }
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
    }

    /// Another goroutine tries to lock in between all the time. It succeeds after the last of the starving goroutines has had
    /// its turn. From then on, a running goroutine can be first again.
    @Test
    @Pins({"MU-03", "MU-05"})
    void starvingGoroutineIsHandedTheMutex() {
        int starving = 50;
        for (boolean lost = false; !lost; ) {
            served.clear();
            mu.lock();
            try (var crew = new Crew()) {
                List<Goroutine> waiters = queue(crew, 0, starving);
                letStarve();
                lost = overtake(waiters.getFirst());
                if (lost) {
                    crew.thread(() -> {
                        while (!mu.tryLock()) {
                            Thread.onSpinWait();
                        }
                        assertThat(served).as("served before another goroutine could lock").hasSize(starving);
                        mu.unlock();
                    });
                    mu.unlock();
                }
            }
            if (lost) {
                assertThat(served).hasSize(starving).isSorted();
            }
        }
        Eventually.that("the mutex is as before", this::overtakes);
    }

    /// A newcomer queues behind all starving goroutines, even if the mutex is just being handed over.
    @Test
    @Pins("MU-05")
    void newcomerQueuesBehindStarvingGoroutines() {
        for (boolean lost = false; !lost; ) {
            served.clear();
            mu.lock();
            try (var crew = new Crew()) {
                List<Goroutine> waiters = queue(crew, 0, 5);
                letStarve();
                lost = overtake(waiters.getFirst());
                if (lost) {
                    mu.unlock();
                    try (var _ = mu.lock()) {
                        served.add(5);
                    }
                }
            }
        }
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    private boolean overtakes() {
        mu.lock();
        try (var crew = new Crew()) {
            Goroutine first = queue(crew, 0, 1).getFirst();
            boolean lost = overtake(first);
            if (lost) {
                mu.unlock();
            }
            return lost;
        }
    }

    private static void letStarve() {
        long start = System.nanoTime();
        Eventually.that("they starve", () -> System.nanoTime() - start > 2 * STARVATION_NANOS);
    }

    /// One goroutine holds the mutex nearly all the time. Another goroutine locks it occasionally.
    @Test
    @Pins({"MU-04", "MU-05"})
    void hogDoesNotStarveOthers() { // TestMutexFairness
        AtomicBoolean done = new AtomicBoolean();
        try (var crew = new Crew()) {
            crew.go(() -> {
                while (!done.get()) {
                    try (var _ = mu.lock()) {
                        Go.sleep(Duration.ofNanos(100_000));
                    }
                }
            });
            crew.go(() -> {
                for (int i = 0; i < 10; i++) {
                    Go.sleep(Duration.ofNanos(100_000));
                    mu.lock().close();
                }
                done.set(true);
            });
        }
    }
}
